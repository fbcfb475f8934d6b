package wording

import (
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// Rules that no line of the document states refer to the description of the operation.
func TestLineFor(t *testing.T) {
	run := &reporters.Run{Document: reporters.Document{Path: "spec/openapi.yaml", Lines: map[string]int{"GET /a": 30, "POST /a": 20, "GET /b": 50}}}
	for _, tt := range []struct {
		name string
		f    spec.Finding
		file string
		line int
	}{
		{"the line of the rule", spec.Finding{Operation: "GET /a", File: "spec/strict.overlay.yaml", Line: 7}, "spec/strict.overlay.yaml", 7},
		{"the operation", spec.Finding{Operation: "GET /a"}, "spec/openapi.yaml", 30},
		{"a file without a line", spec.Finding{Operation: "GET /b", File: "spec/openapi.yaml"}, "spec/openapi.yaml", 50},
		{"another method of the path", spec.Finding{Operation: "DELETE /a"}, "spec/openapi.yaml", 20},
		{"HEAD", spec.Finding{Operation: "HEAD /b"}, "spec/openapi.yaml", 50},
		{"a path that is not documented", spec.Finding{Operation: "GET /nowhere"}, "", 0},
		{"no operation", spec.Finding{}, "", 0},
	} {
		if file, at := DocumentLine(run, tt.f); file != tt.file || at != tt.line {
			t.Errorf("%s: %s:%d, want %s:%d", tt.name, file, at, tt.file, tt.line)
		}
	}
}
