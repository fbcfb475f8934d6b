package run

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/rule"
)

// Collect turns Ginkgo's report into a result.
func (s *Session) Collect(report types.Report) (*reporters.Run, error) {
	s.outcome = (&tree{env: s.Env}).outcome(report)
	return s.Result()
}

// outcome turns Ginkgo's report into records, without specs that the filter excludes.
func (t *tree) outcome(report types.Report) (out outcome) {
	selects, err := types.ParseLabelFilter(report.SuiteConfig.LabelFilter)
	if err != nil {
		selects = nil // RunSpecs would have refused it
	}
	for _, why := range report.SpecialSuiteFailureReasons {
		out.Interrupted = out.Interrupted || strings.HasPrefix(why, "Interrupted")
	}
	named := map[string]bool{} // a second signal may make Ginkgo report the running spec twice
	for _, r := range report.SpecReports {
		rec, selected := t.record(r, selects)
		if !selected || named[rec.Name] && out.Interrupted {
			continue
		}
		named[rec.Name] = true
		out.Specs = append(out.Specs, rec)
	}
	return out
}

// record returns the record of one spec. selected is false for nodes that are no spec and
// for specs that the filter excludes.
func (t *tree) record(r types.SpecReport, selects types.LabelFilter) (rec reporters.SpecRecord, selected bool) {
	if r.LeafNodeType != types.NodeTypeIt {
		return rec, false
	}
	if selects == nil {
		selects = func([]string) bool { return !r.State.Is(types.SpecStateSkipped) || r.Failure.Message != "" }
	}
	if !selects(r.Labels()) {
		return rec, false
	}
	rec = t.declared(r)
	if entry := marked(r, rule.EntryName); entry != nil {
		if err := json.Unmarshal([]byte(*entry), &rec); err != nil {
			rec.Problem = fmt.Sprintf("the record of the spec cannot be read: %v", err)
			rec.State = reporters.StatePanicked
			return rec, true
		}
	}
	rec.State = r.State.String()
	switch {
	case r.State.Is(types.SpecStateInterrupted):
		rec.State, rec.Findings, rec.Exchanges = reporters.StateSkipped, nil, nil
		rec.Skip = &reporters.Skip{Code: reporters.SkipInterrupted, Reason: "the run was interrupted during this spec"}
	case r.State.Is(types.SpecStatePanicked) && rec.Problem == "":
		rec.Problem = t.redact("panicked: " + r.Failure.ForwardedPanic)
	case r.State.Is(types.SpecStateTimedout | types.SpecStateAborted):
		rec.Problem = t.redact(r.Failure.Message)
	case r.State.Is(types.SpecStateFailed) && !slices.ContainsFunc(rec.Findings, t.fails):
		rec.Problem = t.redact(r.Failure.Message)
	case r.State.Is(types.SpecStateSkipped) && rec.Skip == nil && r.Failure.Message != "":
		rec.Problem = t.redact(r.Failure.Message)
	case r.State.Is(types.SpecStateSkipped) && rec.Skip == nil:
		rec.Skip = &reporters.Skip{Code: reporters.SkipInterrupted, Reason: "the run ended before this spec"}
	}
	return rec, true
}

// declared returns what the labels say about a spec that did not run.
func (t *tree) declared(r types.SpecReport) reporters.SpecRecord {
	rec := reporters.SpecRecord{
		Name:     rule.Name(r.ContainerHierarchyTexts, r.LeafNodeText),
		Duration: r.RunTime,
	}
	rec.Area, _, _ = strings.Cut(rec.Name, " / ")
	rec.Requirements, rec.Operation = about(t.env.Contract, r)
	if r.LeafNodeText == rule.EachText {
		for _, id := range rec.Requirements {
			rec.Parts = append(rec.Parts, rule.PartName(t.env.Contract, r.ContainerHierarchyTexts, id))
		}
		rec.Name = rec.Parts[0]
	}
	return rec
}

// about finds the requirements and the operation of a spec among its labels.
func about(c *spec.Contract, r types.SpecReport) (requirements []string, operation string) {
	for _, label := range r.LeafNodeLabels {
		if _, ok := c.Requirement(label); ok {
			requirements = append(requirements, label)
		}
		if o := config.LabelledOperation(c, label); o != nil {
			operation = o.Name()
		}
	}
	return requirements, operation
}

func (t *tree) fails(f spec.Finding) bool {
	return reporters.Fails(f.Level, t.env.Config.Strict)
}

func (t *tree) redact(text string) string { return t.env.Text(text) }

// marked returns the text of the report entry with this name, nil if there is none.
func marked(r types.SpecReport, name string) *string {
	for _, e := range r.ReportEntries {
		if e.Name == name {
			text, _ := e.GetRawValue().(string)
			return &text
		}
	}
	return nil
}
