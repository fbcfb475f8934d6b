// Package text writes results for a terminal: the summary of a run, a plan, and the
// progress of a run.
//
//	text.Write(os.Stdout, run, text.Options{Color: true, Width: 100})
//	text.WritePlan(os.Stdout, plan, 100)
//	p := text.NewProgress(os.Stderr, text.ProgressOptions{Total: 386})
//
// Lines are wrapped at the width, and long lists are cut with a count of the rest. Only
// colours and the progress line contain control characters: text from a target is
// escaped.
package text
