package reporters

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/hostup/api-conformance/spec"
)

// WriteSARIF writes SARIF 2.1.0 for code scanning: the requirements are the
// rules, the causes the results, at the line of the OpenAPI document that states
// the rule or where the operation begins, or at its first line. The signature is
// the fingerprint, so that a viewer knows a cause again. A known cause is
// suppressed, with its reason.
func WriteSARIF(w io.Writer, run *Run) error {
	doc := report.NewV210Report()
	r := sarif.NewRunWithInformationURI(line(run.Suite.Name, placeLimit), "https://github.com/hostup/api-conformance")
	r.Tool.Driver.WithVersion(line(run.Suite.Version, placeLimit))
	index := map[string]int{}
	add := func(q spec.Requirement) {
		index[q.ID] = len(index)
		id := line(q.ID, placeLimit)
		rule := r.AddRule(id).WithName(id).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(line(q.Sentence, valueLimit))).
			WithHelp(sarif.NewMultiformatMessageString().WithText(ruleHelp(q))).
			WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(sarifLevel(q.Level != spec.Should)))
		rule.WithProperties(sarif.NewPropertyBag().Add("tags", []string{line(q.Family, placeLimit), levelWord(q.Level)}))
	}
	for _, q := range run.Requirements {
		add(q.Requirement)
	}
	for _, g := range run.Findings {
		f := g.First
		if _, ok := index[f.Requirement]; !ok {
			add(spec.Requirement{ID: f.Requirement, Level: f.Level, Sentence: "(this requirement is not in the catalogue)"})
		}
		file, at := lineFor(run, f)
		if file == "" {
			file = run.Document.Path
		}
		text := where(f) + ": want " + line(f.Want, valueLimit) + ", got " + line(f.Got, valueLimit) + " (" + seen(g) + ")"
		result := sarif.NewRuleResult(line(f.Requirement, placeLimit)).
			WithRuleIndex(index[f.Requirement]).
			WithLevel(sarifLevel(g.Fails)).
			WithMessage(sarif.NewTextMessage(text)).
			WithLocations([]*sarif.Location{sarif.NewLocation().
				WithPhysicalLocation(sarif.NewPhysicalLocation().
					WithArtifactLocation(sarif.NewSimpleArtifactLocation(artifact(file))).
					WithRegion(sarif.NewRegion().WithStartLine(max(at, 1)))).
				WithLogicalLocations([]*sarif.LogicalLocation{sarif.NewLogicalLocation().WithFullyQualifiedName(line(f.Operation, placeLimit)).WithKind("resource")})}).
			WithPartialFingerprints(map[string]string{"hostupConformanceSignature/v1": line(g.Signature, 2000)})
		result.WithOccurrenceCount(max(g.Count, 1))
		if g.Known != nil {
			result.AddSuppression(sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(knownText(*g.Known)))
		}
		r.AddResult(result)
	}
	finished := true
	for _, s := range run.Specs {
		finished = finished && s.Outcome != Errored
	}
	r.AddInvocation(sarif.NewInvocation().WithExecutionSuccessful(finished && !run.Interrupted))
	doc.AddRun(r)
	var buf bytes.Buffer
	if err := doc.PrettyWrite(&buf); err != nil {
		return err
	}
	_, err := w.Write(buf.Bytes())
	return err
}

func sarifLevel(fails bool) string {
	if fails {
		return "error"
	}
	return "warning"
}

func ruleHelp(q spec.Requirement) string {
	s := levelWord(q.Level) + ": " + q.Sentence
	if q.Rationale != "" {
		s += ". " + q.Rationale
	}
	if len(q.Sources) > 0 {
		s += ". Source: " + strings.Join(q.Sources, "; ")
	}
	return line(s, 1000)
}

// artifact is a path as a URI reference: relative, with slashes.
func artifact(path string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", "#", "%23", "?", "%3F", "\\", "/").Replace(filepath.ToSlash(line(path, placeLimit)))
}
