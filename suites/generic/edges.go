package generic

import (
	"encoding/json"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// An edge is a valid body of a kind that programs forget. The document allows it, so a
// server may refuse it but must not fail on it.
type edge struct {
	note string
	text func(meets func(string) bool) (string, bool) // for a string with free content
	num  []json.Number                                // for a number: the first allowed one
}

// largest are the largest numbers that programs have types for.
var largest = []json.Number{"18446744073709551615", "9223372036854775807", "4294967296", "2147483647"}

var edges = []edge{
	{"texts of other scripts and the largest numbers", one("Zoë 李 😀"), largest},
	{"the longest texts and the smallest numbers", longest, []json.Number{"-9223372036854775808", "-2147483648", "-1", "0"}},
	{"empty texts", one(""), nil},
	{"texts with quotes and line breaks", one("a'b\"c\\d\n<e>&f;--"), nil},
}

// mostOthers is how many bodies of other alternatives are sent of an operation.
const mostOthers = 8

func one(text string) func(func(string) bool) (string, bool) {
	return func(meets func(string) bool) (string, bool) { return text, meets(text) }
}

// longest returns the longest allowed text, up to what a server has a reason to refuse.
func longest(meets func(string) bool) (string, bool) {
	const most = 1000
	if text := strings.Repeat("x", most); meets(text) {
		return text, true
	}
	low, high := 1, most
	for low+1 < high {
		if middle := (low + high) / 2; meets(strings.Repeat("x", middle)) {
			low = middle
		} else {
			high = middle
		}
	}
	text := strings.Repeat("x", low)
	return text, low > 1 && meets(text)
}

// atEdges sends creations at the edges of what the document allows.
func (s *suite) atEdges(o *spec.Operation) []probe {
	n := s.upTo(len(edges), 0, 1)
	if n == 0 || o.Method != "POST" || o.Effect != spec.Writes || s.build.Inputs(o).Body == nil {
		return nil
	}
	if _, ok := s.sample(o); !ok {
		return nil
	}
	others := s.upTo(mostOthers, 0, 2)
	if s.spares() {
		others = min(others, 1)
	}
	p := probe{area: "input", op: o, text: "serves the extreme values that the document allows", ids: []string{"HTTP-SERVE-001"}, sends: sends(o, 0, n+others, "valid, at the edges")}
	p.run = func(t *rule.T) {
		d := s.draft(t, o, s.supplied(t, s.find(t)))
		if full, ok := s.build.Full(d); ok {
			d = full
		}
		sent := map[string]bool{}
		for i := 1; i <= others; i++ {
			other, ok := s.build.Other(d, i)
			body, _ := other.Body()
			if text := jsonOf(kinds(body)); ok && !sent[text] {
				sent[text] = true
				s.atEdge(t, other, "other alternatives")
			}
		}
		for _, e := range edges[:n] {
			if at, ok := s.build.At(d, e.text, e.num); ok {
				s.atEdge(t, at, e.note)
			}
		}
	}
	return []probe{p}
}

func (s *suite) atEdge(t *rule.T, d request.Draft, note string) {
	a := s.sendNew(t, d, func(d request.Draft) request.Request { return s.request(t, d).WithNote(note) })
	if failed(a) {
		t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for "+note+", which the document allows", status(a))
	}
	if a.Success() {
		s.remove(t, d.Operation, a)
	}
}
