package reporters_test

import (
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// Requirements outside of a selection name the selection and the reason.
func TestWhyNotSelected(t *testing.T) {
	for _, tt := range []struct {
		settings reporters.Settings
		want     string
	}{
		{reporters.Settings{}, "no spec of it is in this run"},
		{reporters.Settings{LabelFilter: "x"}, "the label filter leaves it out"},
		{reporters.Settings{Profile: "static-mock"}, "the profile static-mock leaves it out: it gives the same answer each time, whatever happened before"},
		{reporters.Settings{Profile: "static-mock", LabelFilter: "x"}, "the profile static-mock leaves it out: it gives the same answer each time, whatever happened before"},
	} {
		run := reporters.Build(reporters.Material{Settings: tt.settings, Catalogue: sample.Required("ACT-PAGE-002")})
		if got := run.Requirements[0].Skip.Reason; got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.settings, got, tt.want)
		}
	}
}
