package reporters

import "fmt"

// severalPlaces is the sample with one requirement violated at n more places.
func severalPlaces(n int) *Run {
	run := sampleRun()
	for i := range n {
		f := findingRow()
		f.Where, f.Pointer = fmt.Sprintf("$.entries[%d].amount", i+1), fmt.Sprintf("/entries/%d/amount", i+1)
		f.Operation = fmt.Sprintf("GET /api/v2/list%d", i)
		run.Findings = append(run.Findings, FindingGroup{Signature: f.Signature(), First: f, Fails: true, Count: 1, Examples: []string{"ex-1"}})
	}
	return run
}
