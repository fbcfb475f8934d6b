package merge

import (
	"github.com/hostup/api-conformance/reporters"
)

// mergedOutage returns the outage of a target in several runs. If one of them began, the
// target was up: the others count as specs that could not finish.
func mergedOutage(runs []*reporters.Run) *reporters.Outage {
	var gone *reporters.Outage
	for _, r := range runs {
		switch o := r.Target.Outage; {
		case r.Prevented() != nil:
		case o == nil:
			return nil
		case gone == nil:
			gone = o
		}
	}
	if gone == nil {
		return runs[0].Target.Outage
	}
	return gone
}
