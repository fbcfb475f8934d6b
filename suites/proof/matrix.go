package proof

import (
	"maps"
	"slices"

	"github.com/hostup/api-conformance/spec"
)

// A Matrix is the result of the suite for all servers.
type Matrix struct {
	Score        Score         `json:"score"`
	Requirements []Requirement `json:"requirements"` // in the order of the catalogue
	Faults       []Result      `json:"faults"`
	Variants     []Result      `json:"variants"`
	Trivial      []Result      `json:"trivial"`
	Excluded     []Excluded    `json:"excluded,omitempty"`
}

// An Excluded is a change that is no fault, and why: the contract allows it, or no
// request can show it.
type Excluded struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// A Score sums up a matrix.
type Score struct {
	Faults   int `json:"faults"`
	Killed   int `json:"killed"`
	Cells    int `json:"cells"` // faults of one table: a documented property missing, of another type or null
	Variants int `json:"variants"`
	Quiet    int `json:"quiet"`
	Trivial  int `json:"trivial"`
	Refused  int `json:"refused"` // trivial servers that are not conformant
}

// A Requirement counts the faults that break it.
type Requirement struct {
	ID     string     `json:"id"`
	Level  spec.Level `json:"level"`
	Family string     `json:"family"`
	Faults int        `json:"faults"`
	Killed int        `json:"killed"`
}

func newMatrix(contract *spec.Contract, results []Result, excluded map[string]string) *Matrix {
	m := &Matrix{}
	for _, id := range slices.Sorted(maps.Keys(excluded)) {
		m.Excluded = append(m.Excluded, Excluded{id, excluded[id]})
	}
	at := map[string]int{}
	for i, q := range contract.Requirements() {
		m.Requirements = append(m.Requirements, Requirement{ID: q.ID, Level: q.Level, Family: q.Family})
		at[q.ID] = i
	}
	count := func(n, ok *int, r Result) {
		*n++
		if r.Expected {
			*ok++
		}
	}
	for _, r := range results {
		switch r.Kind {
		case KindFault:
			m.Faults = append(m.Faults, r)
			count(&m.Score.Faults, &m.Score.Killed, r)
			if r.Cell {
				m.Score.Cells++
			}
			if i, ok := at[r.Requirement]; ok {
				count(&m.Requirements[i].Faults, &m.Requirements[i].Killed, r)
			}
		case KindVariant:
			m.Variants = append(m.Variants, r)
			count(&m.Score.Variants, &m.Score.Quiet, r)
		case KindTrivial:
			m.Trivial = append(m.Trivial, r)
			count(&m.Score.Trivial, &m.Score.Refused, r)
		}
	}
	return m
}

// Sound reports whether every fault was killed, every variant was quiet, and no trivial
// server passed.
func (m *Matrix) Sound() bool {
	for _, list := range [][]Result{m.Faults, m.Variants, m.Trivial} {
		if slices.ContainsFunc(list, func(r Result) bool { return !r.Expected }) {
			return false
		}
	}
	return true
}

// family returns the family of a requirement, "" if it is not in the catalogue.
func (m *Matrix) family(id string) string {
	i := slices.IndexFunc(m.Requirements, func(q Requirement) bool { return q.ID == id })
	if i < 0 {
		return ""
	}
	return m.Requirements[i].Family
}

func (m *Matrix) families() (list []string) {
	for _, q := range m.Requirements {
		if !slices.Contains(list, q.Family) {
			list = append(list, q.Family)
		}
	}
	return list
}
