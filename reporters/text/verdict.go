package text

import (
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// reasons writes why the run fails, where the verdict does not say it.
func (t *text) reasons() {
	for _, why := range wording.Besides(t.run) {
		t.line(t.Red("the run fails: " + why))
	}
}

// verdict is the line of the verdict and, if it is not the good one, why.
func (t *text) verdict() string {
	paint := t.Red
	switch t.run.Verdict {
	case reporters.Conformant:
		paint = t.Green
	case reporters.Partial:
		paint = t.Yellow
	}
	s := "verdict: " + paint(t.Bold(escape.Line(string(t.run.Verdict), 40)))
	if l := wording.Limited(t.run); l != "" {
		s += ", " + l
	}
	if why := wording.Why(t.run, t.most(20)); why != "" {
		s += " (" + why + ")"
	}
	return s
}
