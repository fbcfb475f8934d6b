package formats

import (
	"bytes"
	stdhtml "html"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/html"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// A command is shown byte for byte, because users paste it, or not at all.
func TestCommandsAreWholeOrAbsent(t *testing.T) {
	command := `curl -sS -X POST 'https://x.test/' --data-binary $'{\n "a": "it'\'$'s\\n"}' -H "Authorization: Bearer $HOSTUP_API_KEY" -H 'X: å "日本" <b>&amp;'`
	long := command + " -H 'X-Long: " + strings.Repeat("y", 9000) + "'"
	f := spec.Finding{Requirement: "A-B-001", Level: spec.Must, Operation: "GET /a", Exchange: "x0001"}
	if got := wording.Finding(f, spec.Requirement{}, command); !strings.HasSuffix(got, "\n  curl   "+command) {
		t.Error(got)
	}
	if got := wording.Finding(f, spec.Requirement{}, long); !strings.HasSuffix(got, "\n  curl   # too long for this place with 9156 characters: it stands whole in report.json and in the HTML page") {
		t.Error(got)
	}
	// A command in the result of another tool is not one of ours.
	if got := wording.Finding(f, spec.Requirement{}, "curl \x1b[2J\nx"); !strings.HasSuffix(got, `curl   curl \x1b[2J\nx`) {
		t.Error(got)
	}
	run := reporters.Build(reporters.Material{
		Catalogue: []spec.Requirement{{ID: "A-B-001", Level: spec.Must}},
		Specs: []reporters.SpecRecord{{
			Name: "s", Area: "s", Requirements: []string{"A-B-001"}, State: reporters.StateFailed, Findings: []spec.Finding{f},
			Exchanges: []reporters.Exchange{{ID: "x0001", Curl: long}},
		}},
	})
	var page bytes.Buffer
	if err := html.Write(&page, run); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(stdhtml.UnescapeString(page.String()), long) {
		t.Error("the page does not show the whole command")
	}
}
