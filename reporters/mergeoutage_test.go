package reporters

import "testing"

// TestMergedOutage: a target that one job met was there.
func TestMergedOutage(t *testing.T) {
	up, down, gone := &Run{}, outageRun(OutageError), outageRun(OutageGone)
	for name, tt := range map[string]struct {
		runs []*Run
		want string
	}{
		"all down":     {[]*Run{down, down}, OutageError},
		"one up":       {[]*Run{down, up}, ""},
		"one gone":     {[]*Run{down, gone}, OutageGone},
		"gone and up":  {[]*Run{gone, up}, ""},
		"up all along": {[]*Run{up, up}, ""},
	} {
		got := ""
		if o := mergedOutage(tt.runs); o != nil {
			got = o.Kind
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
