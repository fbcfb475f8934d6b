package reporters_test

import (
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/reporters/merge"
	"github.com/hostup/api-conformance/spec"
)

// A server error that the document does not have is one defect: the causes are counted
// once, and each requirement fails all the same. Another status that the document does
// not have is another defect.
func TestServerErrorIsToldOnce(t *testing.T) {
	at := func(id, keyword, operation string, status int) spec.Finding {
		return spec.Finding{Requirement: id, Level: spec.Must, Operation: operation, Status: status, Where: "status", Keyword: keyword, Want: "400", Got: "x"}
	}
	build := func(findings ...spec.Finding) *reporters.Run {
		return reporters.Build(reporters.Material{
			Catalogue: sample.Required("A", "B"),
			Specs:     []reporters.SpecRecord{sample.Record("a", "failed", sample.IDs("A", "B"), findings...)},
		})
	}
	refused := func(status int) spec.Finding { return at("A", "refused", "GET /a", status) }
	undocumented := func(status int) spec.Finding { return at("B", spec.KeywordStatus, "GET /a", status) }
	for _, test := range []struct {
		name     string
		findings []spec.Finding
		failing  int
	}{
		{"the same error", []spec.Finding{refused(500), undocumented(500)}, 1},
		{"two errors of the same kind", []spec.Finding{refused(500), refused(502), undocumented(502), undocumented(500)}, 1},
		{"another error, too", []spec.Finding{refused(500), undocumented(500), undocumented(507)}, 2},
		{"a status that is no server error, too", []spec.Finding{refused(500), undocumented(500), undocumented(418)}, 2},
		{"no server error", []spec.Finding{refused(418), undocumented(418)}, 2},
		{"another operation", []spec.Finding{refused(500), at("B", spec.KeywordStatus, "GET /b", 500)}, 2},
		{"a valid request, and all that is wrong", []spec.Finding{at("A", "accepted", "GET /a", 500), at("B", "refused", "GET /a", 500)}, 1},
		{"a valid request by another error", []spec.Finding{at("A", "accepted", "GET /a", 500), at("B", "refused", "GET /a", 502)}, 2},
		{"a gateway below a path", []spec.Finding{at("A", "accepted", "GET /a", 502), at("B", "refused", "POST /a/b", 502), at("B", "accepted", "GET /a/{id}", 502)}, 1},
		{"a gateway beside a path", []spec.Finding{at("A", "accepted", "GET /a", 502), at("B", "refused", "POST /b", 502)}, 2},
		{"an application below a path", []spec.Finding{at("A", "accepted", "GET /a", 500), at("B", "refused", "POST /a/b", 500)}, 2},
		{"the status alone", []spec.Finding{undocumented(500)}, 1},
	} {
		run := build(test.findings...)
		if got := reporters.Failing(run.Findings); got != test.failing {
			t.Errorf("%s: %d causes, want %d: %+v", test.name, got, test.failing, run.Findings)
		}
		for _, q := range run.Requirements {
			met := false
			for _, f := range test.findings {
				met = met || f.Requirement == q.ID
			}
			if met && q.Outcome != reporters.Failed {
				t.Errorf("%s: %s is %s, want failed", test.name, q.ID, q.Outcome)
			}
		}
	}
	merged, err := merge.Results(build(refused(500), undocumented(500)), build(undocumented(500)))
	if err != nil {
		t.Fatal(err)
	}
	if got := reporters.Failing(merged.Findings); got != 2 {
		t.Errorf("merged with a run in which nothing entails it: %d causes, want 2", got)
	}
}
