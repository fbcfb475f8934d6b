package run

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/shipped"
)

// A Spec is one result of the tree: a spec, or one requirement of a spec that has a
// result for each.
type Spec struct {
	Name         string   `json:"name"`
	Requirements []string `json:"requirements"`
	Operation    string   `json:"operation,omitempty"`
	Labels       []string `json:"labels"` // what a label filter sees
}

// List returns the specs for a contract, sorted by name. It runs nothing.
func List(contract *spec.Contract) []Spec {
	var list []Spec
	for _, d := range declare(shipped.NewEnv(contract, config.Default(shipped.Names()), nil, 1)) {
		r := d.record
		labels := unique(d.Labels)
		if r.Parts == nil {
			list = append(list, Spec{Name: r.Name, Requirements: r.Requirements, Operation: r.Operation, Labels: labels})
			continue
		}
		for i, id := range r.Requirements {
			list = append(list, Spec{Name: r.Parts[i], Requirements: []string{id}, Operation: r.Operation, Labels: partLabels(contract, labels, id)})
		}
	}
	slices.SortFunc(list, func(a, b Spec) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// unique removes repeated labels and keeps the order.
func unique(labels []string) (list []string) {
	for _, label := range labels {
		if !slices.Contains(list, label) {
			list = append(list, label)
		}
	}
	return list
}

// partLabels returns the labels of a spec as if it had only the requirement id.
func partLabels(c *spec.Contract, labels []string, id string) []string {
	own, _ := c.Requirement(id)
	of := []string{own.ID, string(own.Level), own.Family}
	for _, label := range labels {
		if config.LabelledOperation(c, label) != nil {
			of = append(of, label)
		}
	}
	return of
}
