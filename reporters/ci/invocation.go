package ci

import (
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// mostNotifications bounds the listed specs that could not finish, and the listed
// problems of the document.
const mostNotifications = 100

// invocation says whether the run was complete and, if not, why: an outage of the target,
// too little tested, specs that could not finish (SARIF 2.1.0 section 3.20.21). Otherwise
// a file without results would look like a clean run. Problems of the document are
// configuration notifications (section 3.20.22).
func invocation(run *reporters.Run) *sarif.Invocation {
	i := sarif.NewInvocation()
	finished := !run.Interrupted
	fail := func(text string) {
		finished = false
		if len(i.ToolExecutionNotifications) < mostNotifications {
			i.AddToolExecutionNotification(notification("error", text))
		}
	}
	if run.Target.Outage != nil {
		fail(strings.Join(wording.Hints(run), "; "))
	}
	if why := run.TooLittle(); why != "" {
		fail(why)
	}
	for _, s := range run.Specs {
		if s.Outcome == reporters.Errored && run.Prevented() == nil { // the outage explains it
			fail("spec could not finish: " + escape.Line(s.Name, escape.PlaceLimit) + ": " + escape.Line(s.Problem, escape.ValueLimit))
		}
	}
	for k, p := range run.Problems {
		if k == mostNotifications {
			break
		}
		n := notification("warning", wording.Problem(p))
		n.AddLocation(sarifPlace(p.File, p.Line))
		i.AddToolConfigurationNotification(n)
	}
	return i.WithExecutionSuccessful(finished)
}

func notification(level, text string) *sarif.Notification {
	return sarif.NewNotification().WithLevel(level).WithMessage(sarif.NewTextMessage(text))
}
