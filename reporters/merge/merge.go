package merge

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/lists"
)

// Results combines the results of several parts of a run into one: shards, parallel jobs,
// jobs with different credentials. It does not modify the runs. The rules:
//
// All runs must have the same suite, document, target and profile, and all or none must
// be strict; otherwise the error names the difference. Embedded servers count as one
// target. A result with an applied baseline cannot be merged: merge first.
//
// A spec in several runs gets the worst of its outcomes, where any outcome takes
// precedence over "skipped". A requirement gets what its findings say; else passed if it
// passed in one run; else errored, else skipped, for the first reason other than
// "not-selected".
//
// Findings of one signature become one group, and counts are added. Exchanges of
// different runs with the same id get the suffixes "-2", "-3", … The median of an
// operation becomes that of the buckets of all runs.
func Results(runs ...*reporters.Run) (*reporters.Run, error) {
	if len(runs) == 0 {
		return nil, errors.New("merge: no results")
	}
	for _, r := range runs {
		if r.Baseline != nil {
			return nil, errors.New("merge: a baseline was applied to a result: merge the results of the runs, then apply it")
		}
	}
	first := runs[0]
	for _, r := range runs[1:] {
		if err := sameRun(first, r); err != nil {
			return nil, fmt.Errorf("merge: %w", err)
		}
	}
	m := &merger{run: mergedHead(runs)}
	for i, r := range runs {
		m.add(r, i+1)
	}
	return m.finish(), nil
}

func sameRun(a, b *reporters.Run) error {
	target := func(r *reporters.Run) string {
		if r.Target.Embedded {
			return "the embedded server"
		}
		if r.Target.Recording != nil {
			return "recorded traffic of " + r.Target.URL
		}
		return r.Target.URL
	}
	for _, d := range []struct{ what, a, b string }{
		{"suites", a.Suite.Name + " " + a.Suite.Version, b.Suite.Name + " " + b.Suite.Version},
		{"documents", a.Document.SHA256, b.Document.SHA256},
		{"overlays", a.Document.OverlaySHA256, b.Document.OverlaySHA256},
		{"targets", target(a), target(b)},
		{"settings", fmt.Sprintf("strict %t", a.Settings.Strict), fmt.Sprintf("strict %t", b.Settings.Strict)},
		{"settings", fmt.Sprintf("profile %q", a.Settings.Profile), fmt.Sprintf("profile %q", b.Settings.Profile)},
	} {
		if d.a != d.b {
			return fmt.Errorf("the results are of different %s: %q and %q", d.what, escape.Line(d.a, 100), escape.Line(d.b, 100))
		}
	}
	return nil
}

// mergedHead returns what a result says about its run.
func mergedHead(runs []*reporters.Run) *reporters.Run {
	first := runs[0]
	out := &reporters.Run{
		Schema: reporters.SchemaVersion, Suite: first.Suite, Document: first.Document, Target: first.Target,
		Problems: first.Problems, Settings: first.Settings, Started: first.Started,
		Requirements: []reporters.RequirementResult{}, Specs: []reporters.SpecResult{}, Findings: []reporters.FindingGroup{}, Exchanges: []reporters.Exchange{},
		Traffic: reporters.Traffic{Operations: []reporters.OperationCount{}},
	}
	end, filters := first.Started, []string{}
	for _, r := range runs {
		if r.Started.Before(out.Started) {
			out.Started = r.Started
		}
		if e := r.Started.Add(r.Duration); e.After(end) {
			end = e
		}
		out.Interrupted = out.Interrupted || r.Interrupted
		out.Notices = append(out.Notices, r.Notices...)
		if slices.Index(tiers, r.Settings.Safety) > slices.Index(tiers, out.Settings.Safety) {
			out.Settings.Safety = r.Settings.Safety
		}
		out.Settings.MinCoverage = max(out.Settings.MinCoverage, r.Settings.MinCoverage)
		out.Settings.AllowPartial = out.Settings.AllowPartial && r.Settings.AllowPartial
		out.Settings.StrictDocument = out.Settings.StrictDocument || r.Settings.StrictDocument
		filters = append(filters, r.Settings.LabelFilter)
	}
	out.Target.Outage = mergedOutage(runs)
	for _, r := range runs[1:] {
		out.Target.Recording = mergedRecording(out.Target.Recording, r.Target.Recording)
	}
	out.Duration = max(end.Sub(out.Started), time.Duration(0))
	out.Notices = lists.Distinct(out.Notices)
	out.Settings.LabelFilter = joinFilters(lists.Distinct(filters))
	return out
}

var tiers = []string{"read-only", "write", "delete", "pay"}

// joinFilters returns the filter that selects what any of the filters selects.
func joinFilters(all []string) string {
	if slices.Contains(all, "") {
		return ""
	}
	if len(all) == 1 {
		return all[0]
	}
	return "(" + strings.Join(all, ") || (") + ")"
}
