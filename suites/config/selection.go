package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/request"
)

// Selection returns the Ginkgo label filter of the run, which combines the profile,
// LabelFilter and Operation; empty selects all. Operation must come from [Config.Choose].
func (c Config) Selection() string {
	p, err := packs.ProfileNamed(c.Profile)
	if err != nil {
		return c.filter() // Load refuses such a name
	}
	return both(c.filter(), p.LabelFilter())
}

// filter returns what the user selects.
func (c Config) filter() string {
	var operations []string
	for id := range strings.Lines(c.Operation) {
		operations = append(operations, label(OperationLabel(strings.TrimSpace(id))))
	}
	return both(c.LabelFilter, strings.Join(operations, " || "))
}

// both returns the label filter that selects what two filters select, where "" selects
// all.
func both(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "(" + a + ") && (" + b + ")"
}

// label returns the filter that selects one label, whatever characters it has.
func label(name string) string {
	if plainLabel.MatchString(name) {
		return name
	}
	var b strings.Builder
	for _, r := range name {
		fmt.Fprintf(&b, `\x{%x}`, r)
	}
	return "/^" + b.String() + "$/"
}

var plainLabel = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)

// Choose returns c with the operations that Operation and Tags name, as operationIds. The
// error is an *Error that names those which the contract does not have, and what Data
// gives to nothing.
func (c Config) Choose(contract *spec.Contract) (Config, error) {
	var ids, problems []string
	for _, trouble := range request.DataTrouble(contract, c.Data) {
		problems = append(problems, "data: "+trouble)
	}
	for line := range strings.Lines(c.Tags) {
		tag := strings.TrimSpace(line)
		found := tagged(contract, tag)
		if len(found) == 0 {
			problems = append(problems, fmt.Sprintf("tag: the document has no operation with the tag %q", tag))
		}
		ids = append(ids, found...)
	}
	if c.Operation == "" && len(ids)+len(problems) == 0 {
		return c, nil
	}
	for line := range strings.Lines(c.Operation) {
		for _, name := range operationNames(contract, strings.TrimSpace(line)) {
			found := OperationsNamed(contract, name)
			if len(found) == 0 {
				problems = append(problems, fmt.Sprintf("operation: the document has no operation %q%s", name, nearOperation(contract, name)))
			}
			ids = append(ids, found...)
		}
	}
	if len(problems) > 0 {
		return c, &Error{Problems: problems}
	}
	c.Operation, c.Tags = strings.Join(ids, "\n"), ""
	return c, nil
}

// tagged returns the ids of the operations with a tag.
func tagged(contract *spec.Contract, tag string) (ids []string) {
	for _, o := range contract.Operations() {
		if slices.Contains(contract.Inputs(o).Tags, tag) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// operationNames returns the names in a line: an environment variable separates them by
// commas, which a path may also contain.
func operationNames(contract *spec.Contract, line string) []string {
	if len(OperationsNamed(contract, line)) > 0 {
		return []string{line}
	}
	var names []string
	for name := range strings.SplitSeq(line, ",") {
		names = append(names, strings.TrimSpace(name))
	}
	return names
}

// OperationsNamed returns the ids of the operations that "GET /path", a path (with all
// its methods) or an operationId names; method and id are case-insensitive.
func OperationsNamed(contract *spec.Contract, name string) (ids []string) {
	name = strings.Join(strings.Fields(name), " ")
	for _, o := range contract.Operations() {
		method, path, _ := strings.Cut(name, " ")
		if strings.EqualFold(o.ID, name) || o.Path == name || strings.EqualFold(o.Method, method) && o.Path == path {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// nearOperation says which operation may be meant, or how to find those that exist.
func nearOperation(contract *spec.Contract, name string) string {
	var known []string
	for _, o := range contract.Operations() {
		known = append(known, o.Name(), o.ID)
	}
	return Meant(name, known, `: name one as "GET /path" or by its operationId, hostup-conformance list --labels shows them`)
}

// Ends returns why an operation is not requested: it ends the target, or the session or key
// of the run. It returns "" if it does not, or if the user has named it.
func (c Config) Ends(o *spec.Operation) string {
	if o == nil || o.Ends == "" || slices.Contains(strings.Fields(c.Operation), o.ID) {
		return ""
	}
	return o.Name() + " ends " + o.Ends + ": to have it requested, name it with --operation, or give it an x-effect in an overlay"
}
