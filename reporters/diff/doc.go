// Package diff compares two results, of the same target at different times or of two
// targets, and writes the difference as text, Markdown or JSON.
//
//	d := diff.Results(old, new)
//	d.WriteText(os.Stdout)
//	if d.Worse() { … } // findings that are new and fail the run
package diff
