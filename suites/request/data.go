package request

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// DataTrouble returns why lines of name=value, as for [New], cannot be used for c: one
// problem for each line without a value, or with a name that no operation has.
func DataTrouble(c *spec.Contract, data string) (problems []string) {
	var known map[string]bool
	for line := range strings.Lines(data) {
		name, _, ok := strings.Cut(strings.TrimSpace(line), "=")
		if known == nil {
			known = dataNames(c)
		}
		switch {
		case !ok || name == "":
			problems = append(problems, fmt.Sprintf("want name=value such as petId=7, got %q", strings.TrimSpace(line)))
		case !known[name]:
			problems = append(problems, fmt.Sprintf("no operation has a parameter %q: give the name of one, with its operationId in front (getPet.petId) for a single operation, or operationId.body", name))
		}
	}
	return problems
}

// dataNames returns every name that a value can be given for.
func dataNames(c *spec.Contract) map[string]bool {
	names := map[string]bool{}
	for _, o := range c.Operations() {
		in := c.Inputs(o)
		for _, p := range in.Parameters {
			names[p.Name], names[InputName(p)], names[o.ID+"."+p.Name] = true, true, true
		}
		if in.Body != nil {
			names[o.ID+".body"] = true
		}
	}
	return names
}
