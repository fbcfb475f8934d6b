// Package result holds what a run, a plan and recorded traffic end in: a result of which
// every text has passed the redactor, or an error of a kind.
package result
