package run

import (
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/shipped"
	"github.com/hostup/api-conformance/suites/rule"
)

// A Spec is one spec of the tree, or one requirement of a spec that has a result for
// each.
type Spec struct {
	Name         string   `json:"name"`
	Requirements []string `json:"requirements"`
	Operation    string   `json:"operation,omitempty"`
	Labels       []string `json:"labels"` // what a label filter sees
}

// List lists the specs for a contract, sorted by name. Nothing runs.
func List(contract *spec.Contract) []Spec {
	var list []Spec
	for _, r := range preview(contract, config.Default(shipped.Names())).SpecReports {
		if r.LeafNodeType != types.NodeTypeIt {
			continue
		}
		s := Spec{Name: rule.Name(r.ContainerHierarchyTexts, r.LeafNodeText), Labels: r.Labels()}
		s.Requirements, s.Operation = about(contract, r)
		if r.LeafNodeText != rule.EachText {
			list = append(list, s)
			continue
		}
		for _, id := range s.Requirements {
			list = append(list, Spec{
				Name: rule.PartName(contract, r.ContainerHierarchyTexts, id), Requirements: []string{id}, Operation: s.Operation,
				Labels: partLabels(contract, s.Labels, id),
			})
		}
	}
	slices.SortFunc(list, func(a, b Spec) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// partLabels are the labels of a spec without what belongs to requirements other
// than the one.
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
