package spec

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// A Place is the location of a violation in a response.
type Place struct {
	where   string
	pointer string
	inBody  bool
}

// InPart returns a part of the response as location: "status", "body", "header
// Retry-After".
func InPart(where string) Place { return Place{where: where} }

// InBody returns a location in the body's value; without a path the value itself.
func (k *Judgement) InBody(path ...string) Place {
	return Place{where: jsontext.Path(k.value, path), pointer: pointerOf(path), inBody: true}
}

// Report adds a finding of a rule that is checked in code, with the level from the
// catalogue.
func (k *Judgement) Report(id string, p Place, keyword, want, got string) {
	f := Finding{
		Requirement: id,
		Level:       Must,
		Operation:   k.operation(),
		Status:      k.status(),
		Where:       p.where,
		Pointer:     p.pointer,
		InBody:      p.inBody,
		Keyword:     keyword,
		Want:        want,
		Got:         got,
		Exchange:    k.ex.ID,
	}
	if r := k.c.byID[id]; r != nil {
		f.Level = r.Level
	}
	// a router that sends no Allow sends none anywhere
	if id == foreignErrors || id == "HTTP-ALLOW-001" && keyword == "required" {
		f.Scope = foreignScope + cmp.Or(k.Version(), "the document")
	}
	k.add(f)
}

// reported reports whether the requirement has a finding.
func (k *Judgement) reported(id string) bool {
	return slices.ContainsFunc(k.findings, func(f Finding) bool { return f.Requirement == id })
}

// add keeps a finding unless its cause has been reported: the same rule at the same
// location or, for a rule in code, a value that already violates its schema. Findings of
// schemas name file and line, those of rules in code do not.
func (k *Judgement) add(f Finding) {
	f.Want, f.Got = legible(f.Want), legible(f.Got)
	at := "body " + f.Where
	if !f.InBody {
		at = f.Where
	}
	causes := []string{f.Requirement + " " + f.Keyword + " " + at}
	if f.InBody {
		if f.File != "" {
			causes = append(causes, "schema "+f.Requirement+" "+at)
		} else if k.seen["broken "+at] {
			return
		}
	}
	for _, c := range causes {
		if k.seen[c] {
			return
		}
	}
	if k.counts == nil {
		k.counts = map[string]int{}
	}
	rule := f.Requirement + " " + f.Keyword
	if k.counts[rule]++; k.counts[rule] > mostPlaces {
		return
	}
	if k.seen == nil {
		k.seen, k.same = map[string]bool{}, map[string][]int{}
	}
	for _, c := range causes {
		k.seen[c] = true
	}
	if f.InBody && f.File != "" && f.Level == Must {
		k.seen["broken "+at] = true
	}
	cause := f.Signature()
	same := k.same[cause]
	if len(same) >= mostRows {
		k.findings[same[0]].More++
		return
	}
	k.same[cause] = append(same, len(k.findings))
	k.findings = append(k.findings, f)
}

// The number of locations in one response at which one rule is counted, and the number
// listed for one cause: all rows of a list share one.
const (
	mostPlaces = 1000
	mostRows   = 5
)

// legible makes text from the wire fit for a report.
func legible(s string) string {
	if s == "" {
		return "nothing"
	}
	if !utf8.ValidString(s) {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return s
}
