// Package baseline handles lists of known findings: violations that a person has decided
// need not fail a run, each with a reason, a ticket and, optionally, an expiry date.
//
//	list, err := baseline.Read("baseline.yaml", f)
//	run = baseline.Apply(run, list, time.Now()) // the result in the light of the list
//	baseline.Write(w, run, list)                // a list with the findings of a result
//	baseline.Prune(w, list, run, time.Now())    // without what no longer occurs
//
// A known finding is still tested and reported. An entry that has expired, no longer
// occurs or can never match fails the run, so that a list cannot outlive what it excuses.
package baseline
