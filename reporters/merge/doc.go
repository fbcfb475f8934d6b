// Package merge combines several results into one: shards of a run, or jobs that ran in
// parallel with different credentials.
//
//	run, err := merge.Results(a, b)
package merge
