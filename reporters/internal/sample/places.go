package sample

import (
	"fmt"

	"github.com/hostup/api-conformance/reporters"
)

// SeveralPlaces returns [Run] with one requirement violated at n more locations.
func SeveralPlaces(n int) *reporters.Run {
	run := Run()
	for i := range n {
		f := FindingRow()
		f.Where, f.Pointer = fmt.Sprintf("$.entries[%d].amount", i+1), fmt.Sprintf("/entries/%d/amount", i+1)
		f.Operation = fmt.Sprintf("GET /api/v2/list%d", i)
		run.Findings = append(run.Findings, reporters.FindingGroup{Signature: f.Signature(), First: f, Fails: true, Count: 1, Examples: []string{"ex-1"}})
	}
	return run
}
