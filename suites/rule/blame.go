package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
)

// Blames checks, by the spec's first requirement, what the response to a request with one
// wrong parameter or property blames. The property errors may be missing, name nothing,
// or name several; naming only other documented inputs of the operation is a violation.
func (t *T) Blames(a *Answer, wrong string) {
	if a.Status() != 400 || len(a.List("errors")) == 0 {
		t.Limited(a)
		t.Skip(reporters.SkipNoData, "the response, with status %d, has no errors that could name a place", a.Status())
	}
	var others []string
	for _, p := range t.Operation().Parameters {
		others = append(others, p.Name)
	}
	if b := t.Operation().Body; b != nil {
		for _, m := range b.Members {
			others = append(others, m.Name)
		}
	}
	misled := ""
	at := 0
	for i, item := range a.List("errors") {
		pointer := Member(item, "pointer")
		named := strings.FieldsFunc(pointer, func(c rune) bool { return strings.ContainsRune("/.#[]", c) })
		switch {
		case slices.Contains(named, wrong):
			return
		case misled == "" && slices.ContainsFunc(named, func(n string) bool { return slices.Contains(others, n) }):
			misled, at = pointer, i
		case len(named) == 0 || !slices.ContainsFunc(named, func(n string) bool { return slices.Contains(others, n) }):
			return // it blames the whole input, or an undocumented part
		}
	}
	if misled != "" {
		t.Violation(a, t.Requirement(), fmt.Sprintf("$.errors[%d].pointer", at), "blame", "a pointer to "+wrong+", which alone is wrong", strconv.Quote(misled))
	}
}

// SameCode compares the responses to one wrong request (PROB-CODE-001): if their statuses
// are equal, so must be their codes.
func (t *T) SameCode(first, second *Answer) {
	a, okA := first.Text("code")
	b, okB := second.Text("code")
	if first.Status() == second.Status() && (okA != okB || a != b) {
		t.Violation(second, "PROB-CODE-001", "$.code", "stable", fmt.Sprintf("code %q, as exchange %s has", a, first.ID), fmt.Sprintf("code %q", b))
	}
}
