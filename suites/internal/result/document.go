package result

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
)

// DocumentOf returns how a result identifies the tested contract.
func DocumentOf(c *spec.Contract) reporters.Document {
	d := reporters.Document{
		Path: c.Name(), Title: c.Title(), Version: c.Version(),
		SHA256: c.Digest(), OverlaySHA256: c.OverlayDigest(), Lines: map[string]int{},
	}
	for _, o := range c.Operations() {
		d.Lines[o.Name()] = o.Line
	}
	return d
}

// Catalogue returns the requirements of the contract, with those that only the exchanges of
// the specs show.
func Catalogue(c *spec.Contract, records []reporters.SpecRecord) []spec.Requirement {
	shown := map[string]bool{}
	for _, r := range records {
		for _, id := range r.Requirements {
			shown[id] = true
		}
		for _, f := range r.Findings {
			shown[f.Requirement] = true
		}
	}
	return c.Requirements(slices.Collect(maps.Keys(shown))...)
}

// DocumentProblems returns the problems of the document. Without a pack it adds two
// notes: one about operations that list no success, and one about error statuses that
// responses had and the document does not list. Any operation may return those, so
// together they are one remark about the document.
func DocumentProblems(c *spec.Contract, records []reporters.SpecRecord) (list []reporters.DocumentProblem) {
	for _, p := range c.Problems() {
		list = append(list, reporters.DocumentProblem{ID: p.ID, File: p.File, Line: p.Line, Text: p.Text})
	}
	if c.Pack() != "" {
		return list
	}
	list = append(list, silentSuccesses(c)...)
	named := map[string]*spec.Operation{}
	for _, o := range c.Operations() {
		named[o.Name()] = o
	}
	statuses, operations := map[int]bool{}, map[string]bool{}
	for _, r := range records {
		for _, tally := range r.Tally {
			o := named[tally.Operation]
			for status := range tally.Statuses {
				if o != nil && status >= 400 && o.Unlisted(status) {
					statuses[status], operations[o.Name()] = true, true
				}
			}
		}
	}
	if len(statuses) == 0 {
		return list
	}
	var words []string
	for _, s := range slices.Sorted(maps.Keys(statuses)) {
		words = append(words, strconv.Itoa(s))
	}
	return append(list, reporters.DocumentProblem{ID: "DOC-STATUS-002", File: c.Name(), Text: fmt.Sprintf(
		"error statuses of %s that the document does not list (%s): a default response, or these, would document them", config.Plural(len(operations), "operation"), strings.Join(words, ", "))})
}

// silentSuccesses returns a note about the operations that document neither a success nor
// a redirect nor a default response, nil if there are none.
func silentSuccesses(c *spec.Contract) []reporters.DocumentProblem {
	var names []string
	for _, o := range c.Operations() {
		if !slices.ContainsFunc(o.Statuses, func(s string) bool { return strings.ContainsAny(s[:1], "123d") }) {
			names = append(names, o.Name())
		}
	}
	if len(names) == 0 {
		return nil
	}
	text := config.Plural(len(names), "operation") + " with no success status documented: " + strings.Join(names[:min(len(names), 3)], ", ")
	if more := len(names) - 3; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return []reporters.DocumentProblem{{ID: "DOC-STATUS-003", File: c.Name(), Text: text}}
}
