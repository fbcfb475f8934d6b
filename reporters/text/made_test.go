package text

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
)

// Whatever an API has of operations, what was made takes a line of the summary.
func TestMadeCounts(t *testing.T) {
	long := "POST /apis/apps/v1/namespaces/{namespace}/" + strings.Repeat("x", 40) + " request"
	for _, c := range []struct {
		name string
		made []string
		want string
	}{
		{"few kinds", []string{"order", "order", "payment"}, "2 orders, 1 payment"},
		{"an operation", []string{long, long}, "2 " + long + "s"},
		{"many operations", []string{long, long + "/b", long + "/c", long + "/c"}, "1 " + long + ", 3 others of 2 kinds"},
		{"one too many", []string{long, long + "/b"}, "1 " + long + ", 1 other of 1 kind"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var all []reporters.Created
			for _, what := range c.made {
				all = append(all, reporters.Created{What: what})
			}
			if got := madeCounts(all); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
