package text

import (
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// reasons writes why the run fails, if the verdict does not say it.
func (t *text) reasons() {
	for _, why := range wording.Besides(t.run) {
		t.line(t.Red("the run fails: " + why))
	}
}

// verdict returns the line with the verdict and, unless it is Conformant, why.
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
	if why := wording.Why(t.run, t.most(wording.ShownUntested)); why != "" {
		s += " (" + why + ")"
	}
	return s
}
