package wording

import (
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
)

// Problem returns a problem of the document in one line: id, location, text.
func Problem(p reporters.DocumentProblem) string {
	return escape.Line(p.ID, escape.PlaceLimit) + "  " + escape.Line(p.Place(), escape.PlaceLimit) + "  " + escape.Line(p.Text, escape.ValueLimit)
}
