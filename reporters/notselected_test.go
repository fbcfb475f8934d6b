package reporters

import "testing"

// Requirements that a selection leaves out say which one, and why.
func TestWhyNotSelected(t *testing.T) {
	for _, tt := range []struct {
		settings Settings
		want     string
	}{
		{Settings{}, "no spec of it is in this run"},
		{Settings{LabelFilter: "x"}, "the label filter leaves it out"},
		{Settings{Profile: "static-mock"}, "the profile static-mock leaves it out: it gives the same answer each time, whatever happened before"},
		{Settings{Profile: "static-mock", LabelFilter: "x"}, "the profile static-mock leaves it out: it gives the same answer each time, whatever happened before"},
	} {
		run := Build(Material{Settings: tt.settings, Catalogue: required("ACT-PAGE-002")})
		if got := run.Requirements[0].Skip.Reason; got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.settings, got, tt.want)
		}
	}
}
