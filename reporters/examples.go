package reporters

import (
	"slices"

	"github.com/hostup/api-conformance/spec"
)

// Catalogue returns the requirements of the result by id.
func (r *Run) Catalogue() map[string]spec.Requirement {
	m := map[string]spec.Requirement{}
	for _, q := range r.Requirements {
		m[q.ID] = q.Requirement
	}
	return m
}

// Curl returns the command that reproduces a cause, "" if its exchange was not recorded.
func (r *Run) Curl(g FindingGroup) string {
	if e := r.Example(g); e != nil {
		return e.Curl
	}
	return ""
}

// Example returns the recorded exchange that shows a cause best, that of its first
// finding if possible; nil if none was recorded.
func (r *Run) Example(g FindingGroup) *Exchange {
	for _, id := range append([]string{g.First.Exchange}, g.Examples...) {
		i := slices.IndexFunc(r.Exchanges, func(e Exchange) bool { return id != "" && e.ID == id })
		if i >= 0 {
			return &r.Exchanges[i]
		}
	}
	return nil
}
