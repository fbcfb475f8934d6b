package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// A labelled is a label of specs, for --label-filter.
type labelled struct {
	Label string `json:"label"`
	Kind  string `json:"kind"`            // "level", "family", "operation" or "other"
	About string `json:"about,omitempty"` // of an operation: method and path
	Specs int    `json:"specs"`
}

// kinds returns those of labels, in listing order.
func kinds() []string { return []string{"level", "family", "operation", "other"} }

// labels returns the labels of the specs that test one of the requirements. Requirement
// ids are labels as well, but have their own list.
func labels(contract *spec.Contract, specs []suites.Spec, of []requirement) []labelled {
	count := map[string]int{}
	for _, s := range specs {
		if !slices.ContainsFunc(of, func(r requirement) bool { return slices.Contains(s.Requirements, r.ID) }) {
			continue
		}
		for _, name := range slices.Compact(slices.Sorted(slices.Values(s.Labels))) {
			if _, id := contract.Requirement(name); !id {
				count[name]++
			}
		}
	}
	var list []labelled
	for name, n := range count {
		list = append(list, describe(contract, labelled{Label: name, Specs: n}))
	}
	slices.SortFunc(list, func(a, b labelled) int {
		if c := slices.Index(kinds(), a.Kind) - slices.Index(kinds(), b.Kind); c != 0 {
			return c
		}
		return strings.Compare(a.Label, b.Label)
	})
	return list
}

func describe(contract *spec.Contract, l labelled) labelled {
	family := func(r spec.Requirement) bool { return r.Family == l.Label }
	switch o := config.LabelledOperation(contract, l.Label); {
	case o != nil:
		l.Kind, l.About = "operation", o.Name()
	case l.Label == string(spec.Must), l.Label == string(spec.Should):
		l.Kind = "level"
	case slices.ContainsFunc(contract.Requirements(), family):
		l.Kind = "family"
	default:
		l.Kind = "other"
	}
	return l
}

func writeLabels(out io.Writer, list []labelled, width int) error {
	var b strings.Builder
	wide := 0
	for _, l := range list {
		wide = max(wide, len(l.Label))
	}
	for _, l := range list {
		line := fmt.Sprintf("%-9s  %-*s  %4d  %s", l.Kind, wide, l.Label, l.Specs, l.About)
		b.WriteString(cut(strings.TrimRight(line, " "), width) + "\n")
	}
	b.WriteString("Every id of a requirement is a label, too. For example: run --label-filter 'paging && MUST'\n")
	_, err := io.WriteString(out, b.String())
	return err
}

// families returns those of the requirements, in their order.
func families(all []requirement) (list []string) {
	for _, r := range all {
		if !slices.Contains(list, r.Family) {
			list = append(list, r.Family)
		}
	}
	return list
}

// idsAndPrefixes returns the ids of the requirements and their prefixes up to each
// hyphen.
func idsAndPrefixes(all []requirement) (list []string) {
	for _, r := range all {
		for i := range r.ID {
			if r.ID[i] == '-' {
				list = append(list, r.ID[:i])
			}
		}
		list = append(list, r.ID)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
