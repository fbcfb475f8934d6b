package text

import (
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// Finding returns the text of one violation as in the message of a failed spec, in JUnit
// and on the terminal:
//
//	BODY-SCHEMA-001  MUST  a body is what the document says
//	  where  GET /orders -> 200  $.orders[0].amount
//	  want   number
//	  got    "98.75" (string)
//	  source openapi.yaml:212  ·  https://developer.example.com/orders
//	  curl   curl -sS … -H "Authorization: Bearer $API_KEY"
//
// The order never changes. Missing parts are left out: the status if the finding is not
// about one response, the source if there is none, the command if curl is empty. Values
// are escaped and cut; the command is shown as it is or, if too long, not at all. The
// result has no trailing line feed. The zero Requirement is accepted for req.
func Finding(f spec.Finding, req spec.Requirement, curl string) string {
	return wording.Finding(f, req, curl)
}

// Cause is [Finding] for a cause of a run, with how often it was seen and a command that
// reproduces it, if the run has one.
func Cause(run *reporters.Run, g reporters.FindingGroup) string {
	return wording.Group(g, run.Catalogue()[g.First.Requirement], run.Curl(g), wording.Painter{})
}
