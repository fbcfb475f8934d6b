package baseline

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// Apply returns the result of a run with a baseline applied. It does not modify run. The
// rules:
//
// A group that an entry names is Known and does not fail the run, unless the entry has
// expired. It is reported as before. Specs and requirements that failed only because of
// known groups are Warned. Specs that could not finish stay Errored: no baseline covers
// them.
//
// An entry is a problem, and fails the run, if it
//
//   - has expired;
//   - names a requirement that the catalogue does not have, or an operation that is
//     neither in the document nor called by a run of all its specs: it can never match;
//   - no longer occurs although the run could have shown it: the run was neither
//     interrupted nor filtered, a spec of the requirement ran to its end, none was
//     skipped or errored, and the operation was called. Recorded traffic never counts as
//     such a run.
//
// An entry that the run could not have shown is Unjudged, which is no problem.
//
// If a violation is excused, the verdict is at best Partial.
func Apply(run *reporters.Run, b *List, now time.Time) *reporters.Run {
	out := *run
	out.Findings = slices.Clone(run.Findings)
	out.Specs = slices.Clone(run.Specs)
	out.Requirements = slices.Clone(run.Requirements)
	result := &reporters.BaselineResult{Entries: len(b.Known)}
	out.Baseline = result
	for _, e := range b.Known {
		i := slices.IndexFunc(out.Findings, func(g reporters.FindingGroup) bool { return g.Signature == e.Signature })
		switch {
		case e.expired(now):
			text := "it expired on " + string(e.Expires) + ": fix it, or decide anew"
			if i < 0 {
				text = "it expired on " + string(e.Expires) + " and did not occur: remove it"
			}
			result.Problems = append(result.Problems, reporters.BaselineProblem{Signature: e.Signature, Code: reporters.BaselineExpired, Text: text})
		case i >= 0:
			g := &out.Findings[i]
			g.Known = &reporters.Known{Reason: e.Reason, Ticket: e.Ticket, Expires: string(e.Expires)}
			g.Fails = false
			result.Known++
		default:
			absent(&out, e, result)
		}
	}
	excuse(&out)
	out.Verdict = reporters.Judge(&out)
	return &out
}

// absent judges an entry that did not occur.
func absent(run *reporters.Run, e Entry, result *reporters.BaselineResult) {
	parts := strings.SplitN(e.Signature, " | ", 3)
	id, operation := parts[0], parts[1]
	at := slices.IndexFunc(run.Requirements, func(q reporters.RequirementResult) bool { return q.ID == id })
	switch {
	case at < 0:
		result.Problems = append(result.Problems, reporters.BaselineProblem{Signature: e.Signature, Code: reporters.BaselineUnknown,
			Text: fmt.Sprintf("there is no requirement %s: correct the signature, or remove it", id)})
	case run.Coverage != nil && !spec.IsScope(operation) && !documented(run, operation) && (templated(operation) || tried(run, run.Requirements[at]) && !called(run, operation)):
		result.Problems = append(result.Problems, reporters.BaselineProblem{Signature: e.Signature, Code: reporters.BaselineUnknown,
			Text: fmt.Sprintf("the document has no operation %s: correct the signature, or remove it", operation)})
	case !tried(run, run.Requirements[at]) || !called(run, operation):
		result.Unjudged = append(result.Unjudged, e.Signature)
	default:
		result.Problems = append(result.Problems, reporters.BaselineProblem{Signature: e.Signature, Code: reporters.BaselineGone,
			Text: "it was tested and did not occur: remove it, so that it is noticed when it comes back"})
	}
}

// templated reports whether an operation in a signature has placeholders. Other paths are
// those that were sent, possibly undocumented.
func templated(operation string) bool { return strings.Contains(operation, "{") }

func documented(run *reporters.Run, operation string) bool {
	return slices.ContainsFunc(run.Coverage.Operations, func(o reporters.OperationCoverage) bool { return o.Operation == operation })
}

// tried reports whether the run did all it can to find violations of a requirement.
func tried(run *reporters.Run, q reporters.RequirementResult) bool {
	if run.Target.Recording != nil {
		return false // other traffic may show it again
	}
	if run.Interrupted || run.Settings.LabelFilter != "" || run.Settings.Profile != "" || len(q.Specs) == 0 {
		return false
	}
	return !slices.ContainsFunc(run.Specs, func(s reporters.SpecResult) bool {
		return slices.Contains(s.Requirements, q.ID) && (s.Outcome == reporters.Skipped || s.Outcome == reporters.Errored)
	})
}

func called(run *reporters.Run, operation string) bool {
	return spec.IsScope(operation) || slices.ContainsFunc(run.Traffic.Operations, func(o reporters.OperationCount) bool { return o.Operation == operation && o.Exchanges > 0 })
}

// excuse revises the outcomes of what failed because of groups that are now known.
func excuse(run *reporters.Run) {
	charged := map[string]bool{}
	failing := map[string]bool{}
	for _, g := range run.Findings {
		if !g.Fails {
			continue
		}
		failing[g.Signature] = true
		for _, s := range chargedWith(run, g) {
			charged[s] = true
		}
	}
	for i := range run.Specs {
		if s := &run.Specs[i]; s.Outcome == reporters.Failed && !charged[s.Name] {
			s.Outcome = reporters.Warned
		}
	}
	for i := range run.Requirements {
		q := &run.Requirements[i]
		if q.Outcome == reporters.Failed && !slices.ContainsFunc(q.Signatures, func(s string) bool { return failing[s] }) {
			q.Outcome = reporters.Warned
		}
	}
}

// chargedWith returns the names of the specs that a group is charged to, by the rules of
// [reporters.Build].
func chargedWith(run *reporters.Run, g reporters.FindingGroup) []string {
	var owners, all []string
	for _, s := range run.Specs {
		if s.Outcome == reporters.Errored || !slices.Contains(s.Signatures, g.Signature) {
			continue
		}
		all = append(all, s.Name)
		if slices.Contains(s.Requirements, g.First.Requirement) {
			owners = append(owners, s.Name)
		}
	}
	if len(owners) > 0 {
		return owners
	}
	return all
}
