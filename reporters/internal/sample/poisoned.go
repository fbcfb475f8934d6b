package sample

import (
	"github.com/hostup/api-conformance/reporters"
)

// Poisoned returns a run in which every string that a target, an embedder or an
// environment can set is s.
func Poisoned(s string) *reporters.Run {
	run := Run()
	run.Suite = reporters.Suite{Name: s, Version: s}
	run.Document = reporters.Document{Path: s, Title: s, Version: s, SHA256: s, OverlaySHA256: s, Lines: nil}
	run.Target.URL, run.Settings.LabelFilter, run.Settings.Profile, run.Settings.Safety, run.Notices = s, s, s, s, []string{s}
	for i := range run.Specs {
		p := &run.Specs[i]
		p.Name, p.Area, p.Operation, p.Requirements = p.Name+s, s, s, append(p.Requirements, s)
		if p.Skip != nil {
			p.Skip = &reporters.Skip{Code: s, Reason: s}
		}
		if p.Problem != "" {
			p.Problem = s
		}
	}
	for i := range run.Requirements {
		q := &run.Requirements[i]
		q.Sentence, q.Sources = s, []string{s}
	}
	for i := range run.Findings {
		g := &run.Findings[i]
		g.First.Operation, g.First.Where, g.First.Want, g.First.Got, g.First.File = s, s, s, s, s
	}
	for i := range run.Exchanges {
		e := &run.Exchanges[i]
		e.Spec, e.Failure, e.Curl = s, s, s
		e.Request = reporters.Message{Line: s, Headers: []reporters.Header{{Name: s, Value: s}}, Body: s}
		e.Response = &reporters.Message{Line: s, Headers: []reporters.Header{{Name: s, Value: s}}, Body: s}
	}
	run.Problems = []reporters.DocumentProblem{{ID: s, File: s, Line: 7, Text: s}}
	for i := range run.Drift {
		run.Drift[i] = reporters.Drift{Operation: s, Where: s, Count: 1}
	}
	run.Target.Outage = &reporters.Outage{Kind: reporters.OutageGone, Text: s, Hints: []string{s}, After: s}
	run.Created = []reporters.Created{{What: s, ID: s, Spec: s, Unsure: s}}
	for i := range run.Coverage.Operations {
		o := &run.Coverage.Operations[i]
		o.Operation = s
		for k := range o.Items {
			o.Items[k].Text = s
		}
	}
	return run
}
