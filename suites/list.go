package suites

import (
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/rule"
)

// A Spec is one spec of the tree.
type Spec struct {
	Name         string   `json:"name"`
	Requirements []string `json:"requirements"`
	Operation    string   `json:"operation,omitempty"`
	Labels       []string `json:"labels"` // what a label filter sees
}

// List lists the specs for a contract, sorted by name. Nothing runs.
func List(contract *spec.Contract) []Spec {
	var list []Spec
	for _, r := range preview(contract, env.Default()).SpecReports {
		if r.LeafNodeType != types.NodeTypeIt {
			continue
		}
		s := Spec{Name: rule.Name(r.ContainerHierarchyTexts, r.LeafNodeText), Labels: r.Labels()}
		s.Requirements, s.Operation = about(contract, r)
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Spec) int { return strings.Compare(a.Name, b.Name) })
	return list
}
