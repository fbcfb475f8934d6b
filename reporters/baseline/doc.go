// Package baseline keeps the list of known findings: violations that a person has
// decided need not fail a run, each with a reason, a ticket and, if wanted, a last day.
//
//	list, err := baseline.Read("baseline.yaml", f)
//	run = baseline.Apply(run, list, time.Now()) // the result in the light of the list
//	baseline.Write(w, run, list)                // a list with the findings of a result
//	baseline.Prune(w, list, run, time.Now())    // without what no longer occurs
//
// A known finding is still tested and reported. An entry that has expired, that no
// longer occurs or that can never match fails the run, so that a list cannot outlive
// what it excuses.
package baseline
