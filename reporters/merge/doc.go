// Package merge makes one result of several: shards of a run, or jobs that ran in
// parallel with different credentials.
//
//	run, err := merge.Results(a, b)
package merge
