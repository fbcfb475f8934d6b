// Package text writes results for a terminal: the summary of a run, the plan of one
// that was not sent, and the progress of one under way.
//
//	text.Write(os.Stdout, run, text.Options{Color: true, Width: 100})
//	text.WritePlan(os.Stdout, plan, 100)
//	p := text.NewProgress(os.Stderr, text.ProgressOptions{Total: 386})
//
// Lines are broken at the width, and long lists are cut and say how many entries are
// left. Only colours and the line of the progress hold control characters: whatever a
// target answered is escaped.
package text
