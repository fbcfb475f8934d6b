package suites

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestEveryParameterValueIsSent: some spec sends each documented value of a query
// parameter.
func TestEveryParameterValueIsSent(t *testing.T) {
	run, err := Run(t.Context(), fast(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	values := 0
	for _, o := range run.Coverage.Operations {
		for _, i := range o.Items {
			in, class, _ := strings.Cut(i.Text, " ")
			_, class, _ = strings.Cut(class, " ")
			named := strings.HasPrefix(class, "= ") || strings.HasPrefix(class, "minimum") || strings.HasPrefix(class, "maximum")
			if i.Kind != spec.CoverInput || in != "query" || !named {
				continue
			}
			if values++; i.Count == 0 {
				t.Errorf("%s: no spec sends %s", o.Operation, i.Text)
			}
		}
	}
	if values < 7 {
		t.Errorf("%d documented values of query parameters", values)
	}
}
