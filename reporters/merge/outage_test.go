package merge

import (
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestMergedOutage: a target that one job could reach was not down.
func TestMergedOutage(t *testing.T) {
	up, down, gone := &reporters.Run{}, sample.Down(reporters.OutageError), sample.Down(reporters.OutageGone)
	for name, tt := range map[string]struct {
		runs []*reporters.Run
		want string
	}{
		"all down":     {[]*reporters.Run{down, down}, reporters.OutageError},
		"one up":       {[]*reporters.Run{down, up}, ""},
		"one gone":     {[]*reporters.Run{down, gone}, reporters.OutageGone},
		"gone and up":  {[]*reporters.Run{gone, up}, ""},
		"up all along": {[]*reporters.Run{up, up}, ""},
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
