package ci

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/owenrumney/go-sarif/v3/pkg/report"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// WriteSARIF writes SARIF 2.1.0 for code scanning: requirements become rules, causes
// become results, located at the line of the OpenAPI document that states the rule, else
// where the operation or the most similar path begins, else at the first line. The
// signature is the fingerprint, so that viewers recognize a cause and keep causes apart.
// A known cause is suppressed, with its reason.
func WriteSARIF(w io.Writer, run *reporters.Run) error {
	doc := report.NewV210Report()
	r := sarif.NewRunWithInformationURI(escape.Line(run.Suite.Name, escape.PlaceLimit), "https://github.com/hostup/api-conformance")
	r.Tool.Driver.WithVersion(escape.Line(run.Suite.Version, escape.PlaceLimit))
	index := map[string]int{}
	add := func(q spec.Requirement) {
		index[q.ID] = len(index)
		id := escape.Line(q.ID, escape.PlaceLimit)
		rule := r.AddRule(id).WithName(ruleName(q.Sentence)).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(escape.Line(q.Sentence, escape.ValueLimit))).
			WithHelp(sarif.NewMultiformatMessageString().WithText(ruleHelp(q))).
			WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(sarifLevel(q.Level != spec.Should)))
		rule.WithProperties(sarif.NewPropertyBag().Add("tags", []string{escape.Line(q.Family, escape.PlaceLimit), wording.LevelWord(q.Level)}))
	}
	for _, q := range run.Requirements {
		add(q.Requirement)
	}
	for _, g := range run.Findings {
		if _, ok := index[g.First.Requirement]; !ok {
			add(spec.Requirement{ID: g.First.Requirement, Level: g.First.Level, Sentence: "(this requirement is not in the catalogue)"})
		}
		r.AddResult(sarifResult(run, g, index[g.First.Requirement]))
	}
	r.AddInvocation(invocation(run))
	doc.AddRun(r)
	return writeSARIF(w, doc)
}

// sarifResult returns a cause as a result of the rule with this index.
func sarifResult(run *reporters.Run, g reporters.FindingGroup, rule int) *sarif.Result {
	f := g.First
	file, at := wording.DocumentLine(run, f)
	location := sarifPlace(cmp.Or(file, run.Document.Path), at)
	if f.Operation != "" {
		location.WithLogicalLocations([]*sarif.LogicalLocation{sarif.NewLogicalLocation().WithFullyQualifiedName(escape.Line(f.Operation, escape.PlaceLimit)).WithKind("resource")})
	}
	text := wording.Where(f) + ": want " + escape.Line(f.Want, escape.ValueLimit) + ", got " + escape.Line(f.Got, escape.ValueLimit) + " (" + wording.Seen(g) + ")"
	result := sarif.NewRuleResult(escape.Line(f.Requirement, escape.PlaceLimit)).
		WithRuleIndex(rule).
		WithLevel(sarifLevel(g.Fails)).
		WithMessage(sarif.NewTextMessage(text)).
		WithLocations([]*sarif.Location{location}).
		WithPartialFingerprints(fingerprints(g.Signature))
	result.WithOccurrenceCount(max(g.Count, 1))
	if g.Known != nil {
		result.AddSuppression(sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(wording.Known(*g.Known)))
	}
	return result
}

// sarifPlace returns a line of a file as location, the first line for at 0.
func sarifPlace(file string, at int) *sarif.Location {
	return sarif.NewLocation().WithPhysicalLocation(sarif.NewPhysicalLocation().
		WithArtifactLocation(sarif.NewSimpleArtifactLocation(artifact(file))).
		WithRegion(sarif.NewRegion().WithStartLine(max(at, 1))))
}

// writeSARIF writes a report without default values, which the library would write: an
// index of -1 means none (SARIF 2.1.0 section 3.4.5), and readers have taken it for an
// index.
func writeSARIF(w io.Writer, doc *sarif.Report) error {
	text, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return err
	}
	withoutDefaults(v)
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err = w.Write(buf.Bytes())
	return err
}

func withoutDefaults(v any) {
	switch x := v.(type) {
	case map[string]any:
		for name, member := range x {
			withoutDefaults(member)
			list, isList := member.([]any)
			bag, isBag := member.(map[string]any)
			none := member == json.Number("-1") || isList && len(list) == 0 || isBag && len(bag) == 0
			if none && name != "results" { // an empty list of results says that there are none
				delete(x, name)
			}
		}
	case []any:
		for _, item := range x {
			withoutDefaults(item)
		}
	}
}

// fingerprints returns the signature of a cause, and its hash under the name that code
// scanning uses. Without a hash, code scanning computes one from the line, which several
// causes may share.
func fingerprints(signature string) map[string]string {
	sum := sha256.Sum256([]byte(signature))
	return map[string]string{
		"primaryLocationLineHash":       hex.EncodeToString(sum[:8]) + ":1",
		"hostupConformanceSignature/v1": escape.Line(signature, 2000),
	}
}

// ruleName returns a sentence as a readable identifier, which the id is not (SARIF 2.1.0
// section 3.49.7): "an amount is a number" becomes AnAmountIsANumber. It has at most the
// 255 characters that code scanning accepts.
func ruleName(sentence string) string {
	var b strings.Builder
	up := true
	for _, c := range sentence {
		if c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			up = up || c != '\''
			continue
		}
		if up {
			c = unicode.ToUpper(c)
		}
		up = false
		b.WriteRune(c)
	}
	return cmp.Or(b.String()[:min(b.Len(), 255)], "Requirement")
}

func sarifLevel(fails bool) string {
	if fails {
		return "error"
	}
	return "warning"
}

func ruleHelp(q spec.Requirement) string {
	s := wording.LevelWord(q.Level) + ": " + q.Sentence
	if q.Rationale != "" {
		s += ". " + q.Rationale
	}
	if len(q.Sources) > 0 {
		s += ". Source: " + strings.Join(q.Sources, "; ")
	}
	return escape.Line(s, 1000)
}

// artifact returns a path as a URI reference (RFC 3986 section 4.1), relative if the path
// is: "a:b.yaml" becomes ./a:b.yaml, as a would be a scheme.
func artifact(path string) string {
	u := url.URL{Path: filepath.ToSlash(path)}
	if volume := filepath.VolumeName(path); volume != "" || strings.HasPrefix(u.Path, "//") {
		u.Scheme, u.Path = "file", "/"+strings.TrimLeft(u.Path, "/") // RFC 8089
	}
	return u.String()
}
