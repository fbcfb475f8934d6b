package junit

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/lists"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// Write writes the result for the test viewers of GitLab, GitHub, Jenkins and the like:
// one testcase for each spec, under a stable name, so that viewers can tell what is new.
//
//   - A Failed spec has one <failure>, whose type is the id of the requirement and whose
//     text is the [text.Finding] of each cause that it met.
//   - An Errored spec has one <error> with its problem, and the same.
//   - A Warned spec is a pass, with the causes in <system-out>.
//   - A Skipped spec says "code: reason", in an <error> if its process died.
//
// Requirements, level, operation and sources of a spec are at the beginning of its
// <system-out>, one per line: [[PROPERTY|requirement=HTTP-HEAD-001]], the form that
// viewers read where a schema has no room for properties.
//
// A cause is described in full, with a recorded exchange, in one testcase: the first by
// name that it fails. Others that met it refer to that one. Bodies are cut at 8 KiB and
// say so. The file is therefore bounded by the number of specs and causes, not by what
// the target sends.
//
// A failed run is never green: what no testcase would show gets its own testcase, and so
// does a run that tested too little. Problems of the document are one testcase, which
// fails with strict-document. The XML is well-formed 1.0 whatever the run contains;
// characters that XML forbids are written as \xNN or \uNNNN.
func Write(w io.Writer, run *reporters.Run) error {
	j := &junit{run: run, catalogue: run.Catalogue(), home: homes(run)}
	suite := junitSuite{
		Name:       suiteName(run),
		Time:       seconds(run.Duration),
		Timestamp:  run.Started.UTC().Format("2006-01-02T15:04:05"),
		Properties: j.properties(),
	}
	for _, s := range run.Specs {
		suite.Cases = append(suite.Cases, j.testcase(s))
	}
	suite.Cases = append(suite.Cases, j.unshown(suite.Cases)...)
	for _, c := range suite.Cases {
		suite.Tests++
		switch {
		case c.Failure != nil:
			suite.Failures++
		case c.Error != nil:
			suite.Errors++
		case c.Skipped != nil:
			suite.Skipped++
		}
	}
	document := junitSuites{
		Name: suite.Name, Tests: suite.Tests, Failures: suite.Failures, Errors: suite.Errors,
		Time: suite.Time, Suites: []junitSuite{suite},
	}

	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	enc := xml.NewEncoder(&buf)
	enc.Indent("", "  ")
	if err := enc.Encode(document); err != nil {
		return err
	}
	buf.WriteByte('\n')
	_, err := w.Write(buf.Bytes())
	return err
}

// maxUnmatched bounds the unmatched recorded requests that the file names.
const maxUnmatched = 100

// junit is a file under construction.
type junit struct {
	run       *reporters.Run
	catalogue map[string]spec.Requirement
	home      map[string]string // signature -> name of the spec that describes it in full
}

func suiteName(run *reporters.Run) string {
	return escape.Line(cmp.Or(run.Suite.Name, "hostup-conformance"), escape.PlaceLimit)
}

func (j *junit) properties() []junitProperty {
	r := j.run
	p := []junitProperty{
		{"version", r.Suite.Version},
		{"document", r.Document.Path},
		{"document.sha256", r.Document.SHA256},
		{"overlay.sha256", r.Document.OverlaySHA256},
		{"target", r.Target.URL},
		{"embedded", strconv.FormatBool(r.Target.Embedded)},
		{"safety", r.Settings.Safety},
		{"strict", strconv.FormatBool(r.Settings.Strict)},
		{"labelFilter", r.Settings.LabelFilter},
		{"profile", r.Settings.Profile},
		{"seed", strconv.FormatInt(r.Settings.Seed, 10)},
		{"verdict", string(r.Verdict)},
	}
	p = append(p, recordingProperties(r.Target.Recording)...)
	for _, n := range append(wording.Scope(r), r.Notices...) {
		p = append(p, junitProperty{"notice", n})
	}
	return clean(p)
}

func recordingProperties(r *reporters.Recording) (p []junitProperty) {
	if r == nil {
		return nil
	}
	for _, f := range r.Files {
		p = append(p, junitProperty{"recording", f})
	}
	for _, s := range wording.RecordingSummary(r) {
		p = append(p, junitProperty{"recording.traffic", s})
	}
	for i, u := range r.Unmatched {
		if i == maxUnmatched {
			p = append(p, junitProperty{"recording.unmatched", fmt.Sprintf("and %d more", len(r.Unmatched)-i)})
			break
		}
		p = append(p, junitProperty{"recording.unmatched", wording.RequestLine(u)})
	}
	return p
}

func (j *junit) testcase(s reporters.SpecResult) junitCase {
	c := junitCase{
		// No limit: a shortened name might no longer be unique.
		Name:      escape.Line(s.Name, escape.Unlimited),
		Classname: suiteName(j.run) + "." + escape.Line(cmp.Or(s.Area, "other"), escape.PlaceLimit),
		Time:      seconds(s.Duration),
	}
	told := ""
	switch groups := met(j.run, s); s.Outcome {
	case reporters.Failed:
		c.Failure = j.failure(s.Name, groups)
	case reporters.Skipped:
		why := "no reason given"
		if s.Skip != nil {
			why = escape.Line(s.Skip.Code+": "+s.Skip.Reason, 1000)
		}
		if s.Skip != nil && s.Skip.Code == reporters.SkipUnfinished {
			c.Error = &junitMessage{Type: "error", Message: why, Text: block(why)}
		} else {
			c.Skipped = &junitMessage{Message: why}
		}
		told = j.mention(s.Name, groups, false)
	case reporters.Passed, reporters.Warned:
		told = j.mention(s.Name, groups, s.Outcome == reporters.Warned)
	default: // Errored, and any unknown outcome
		problem := cmp.Or(s.Problem, "the spec could not finish: "+string(s.Outcome))
		text := escape.Cut(escape.Lines(problem), escape.BodyLimit)
		if len(groups) > 0 {
			text += "\n\n" + j.tell(s.Name, groups)
		}
		c.Error = &junitMessage{Type: "error", Message: escape.Line(problem, escape.ValueLimit), Text: block(text)}
	}
	if told = j.about(s) + told; told != "" {
		c.SystemOut = junitText(block(told))
	}
	return c
}

// about describes what a spec covers.
func (j *junit) about(s reporters.SpecResult) string {
	var p []junitProperty
	var sources []string
	for _, id := range s.Requirements {
		p = append(p, junitProperty{"requirement", id})
		sources = append(sources, j.catalogue[id].Sources...)
	}
	p = append(p, junitProperty{"level", string(s.Level)}, junitProperty{"operation", s.Operation})
	for _, source := range lists.Distinct(sources) {
		p = append(p, junitProperty{"source", source})
	}
	var b strings.Builder
	for _, p := range clean(p) {
		fmt.Fprintf(&b, "[[PROPERTY|%s=%s]]\n", p.Name, p.Value)
	}
	return b.String()
}

// failure returns the element of a testcase that causes fail; the first of them gives it
// its type and message.
func (j *junit) failure(name string, groups []reporters.FindingGroup) *junitMessage {
	if len(groups) == 0 {
		return &junitMessage{Type: "unexplained", Message: "the spec failed without a finding"}
	}
	message := wording.OneLine(groups[0].First)
	if n := len(groups) - 1; n > 0 {
		message += fmt.Sprintf(" (and %s)", wording.Count(n, "other cause"))
	}
	return &junitMessage{
		Type:    escape.Line(groups[0].First.Requirement, escape.PlaceLimit),
		Message: message,
		Text:    block(j.tell(name, groups)),
	}
}

// seconds formats a duration as viewers read it.
func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

// block separates a text of several lines from its element, for people who read the raw
// file.
func block(s string) string { return "\n" + strings.Trim(s, "\n") + "\n" }

// clean escapes the values of properties and drops empty ones.
func clean(all []junitProperty) []junitProperty {
	out := make([]junitProperty, 0, len(all))
	for _, p := range all {
		if p.Value != "" {
			out = append(out, junitProperty{p.Name, escape.Line(p.Value, 1000)})
		}
	}
	return out
}
