package reporters

// poisoned is a run in which every string that a target, an embedder or an
// environment can choose is s.
func poisoned(s string) *Run {
	run := sampleRun()
	run.Suite = Suite{s, s}
	run.Document = Document{s, s, s, s, s, nil}
	run.Target.URL, run.Settings.LabelFilter, run.Settings.Profile, run.Settings.Safety, run.Notices = s, s, s, s, []string{s}
	for i := range run.Specs {
		p := &run.Specs[i]
		p.Name, p.Area, p.Operation, p.Requirements = p.Name+s, s, s, append(p.Requirements, s)
		if p.Skip != nil {
			p.Skip = &Skip{s, s}
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
		e.Request = Message{Line: s, Headers: []Header{{s, s}}, Body: s}
		e.Response = &Message{Line: s, Headers: []Header{{s, s}}, Body: s}
	}
	for i := range run.Drift {
		run.Drift[i] = Drift{s, s, 1}
	}
	run.Target.Outage = &Outage{Kind: OutageGone, Text: s, Hints: []string{s}, After: s}
	run.Created = []Created{{What: s, ID: s, Spec: s, Unsure: s}}
	for i := range run.Coverage.Operations {
		o := &run.Coverage.Operations[i]
		o.Operation = s
		for k := range o.Items {
			o.Items[k].Text = s
		}
	}
	return run
}
