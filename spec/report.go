package spec

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// A Place is where in an answer a rule is violated.
type Place struct {
	where   string
	pointer string
	inBody  bool
}

// InPart is a part of the answer: "status", "body", "header Retry-After".
func InPart(where string) Place { return Place{where: where} }

// InBody is a place in the value of the body, the value itself without a path.
func (k *Judgement) InBody(path ...string) Place {
	return Place{where: jsontext.Path(k.value, path), pointer: pointerOf(path), inBody: true}
}

// Report adds a finding about a rule that is written in code. The level is that
// of the catalogue.
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
		f.Scope = foreignScope + k.Version()
	}
	k.add(f)
}

// reported reports whether the requirement has a finding.
func (k *Judgement) reported(id string) bool {
	return slices.ContainsFunc(k.findings, func(f Finding) bool { return f.Requirement == id })
}

// foreignErrors is the rule about errors that no operation answers.
const foreignErrors = "HTTP-ERRORDOC-001"

// add keeps a finding unless its cause has been reported: the same rule at the
// same place, or, for a rule in code, a value that is not even what its schema
// says. A rule of the schema names file and line, a rule in code does not.
func (k *Judgement) add(f Finding) {
	f.Want, f.Got = legible(f.Want), legible(f.Got)
	at := "body " + f.Where
	if !f.InBody {
		at = f.Where
	}
	causes := []string{f.Requirement + " " + f.Keyword + " " + at}
	if f.InBody {
		if f.File != "" {
			if k.seen["unread "+at] {
				return // the value is a stand-in for a number that cannot be held
			}
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
	if f.InBody && f.Requirement == "BODY-JSON-001" && f.Keyword == "number" {
		k.seen["unread "+at] = true
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

// In how many places of one answer the same rule is counted, and how many of the same
// cause are listed: in all rows of a list it is one.
const (
	mostPlaces = 1000
	mostRows   = 5
)

// legible makes text that came from the wire fit for a report.
func legible(s string) string {
	if s == "" {
		return "nothing"
	}
	if !utf8.ValidString(s) {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return s
}
