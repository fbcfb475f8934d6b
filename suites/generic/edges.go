package generic

import (
	"crypto/rand"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
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
	{"long texts of other scripts with quotes, and the largest numbers", longest(script + " 'a\" "), largest},
	{"the longest texts and the smallest numbers", longest("x"), []json.Number{"-9223372036854775808", "-2147483648", "-1", "0"}},
	{"empty texts", one(""), nil},
	{"texts with quotes and line breaks", one("a'b\"c\\d\n<e>&f;--"), nil},
}

// script is a short text that programs may fail on.
const script = "Zoë 李 😀"

// mostOthers is how many bodies of other alternatives are sent of an operation.
const mostOthers = 8

// one is the first of texts that the document allows.
func one(texts ...string) func(func(string) bool) (string, bool) {
	return func(meets func(string) bool) (string, bool) {
		i := slices.IndexFunc(texts, meets)
		return texts[max(0, i)], i >= 0
	}
}

// longest is the longest allowed text of some characters, up to what a server has a reason
// to refuse.
func longest(of string) func(func(string) bool) (string, bool) {
	const most = 1000
	all := []rune(strings.Repeat(of, most))
	return func(meets func(string) bool) (string, bool) {
		low, high := 1, most+1
		if meets(string(all[:most])) {
			low = most
		}
		for low+1 < high {
			if middle := (low + high) / 2; meets(string(all[:middle])) {
				low = middle
			} else {
				high = middle
			}
		}
		return string(all[:low]), low > 1 && meets(string(all[:low]))
	}
}

// atEdges sends creations at the edges of what the document allows.
func (s *suite) atEdges(o *spec.Operation) []probe {
	n := s.upTo(len(edges), 0, 1)
	if n == 0 || o.Effect != spec.Writes || s.build.Inputs(o).Body == nil {
		return nil
	}
	others := s.upTo(mostOthers, 0, 2)
	if o.Method != http.MethodPost {
		return s.changesAtEdges(o)
	}
	if s.spares() {
		others = min(others, 1)
	}
	sample, ok := s.sample(o)
	if !ok {
		return nil
	}
	if full, more := s.build.Full(sample); more {
		sample = full
	}
	references := s.references(o, sample)
	p := probe{area: "input", op: o, text: "serves the extreme values that the document allows", ids: []string{"HTTP-SERVE-001"}, sends: sends(o, 0, n+others+min(1, len(references)), "valid, at the edges")}
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
		for i, e := range edges[:n] {
			at, ok := s.build.At(d, e.text, e.num)
			if ok && s.atEdge(t, at, e.note) || i > 0 {
				continue
			}
			if short, ok := s.build.At(d, one(script), nil); ok {
				s.atEdge(t, short, "short texts of other scripts")
			}
		}
		for _, name := range references[:s.upTo(len(references), 0, 1)] {
			if at, ok := s.dangling(d, name); ok {
				s.atEdge(t, at, "an id that nothing has as "+name)
			}
		}
	}
	return []probe{p}
}

// references are the properties of a body that name other things.
func (s *suite) references(o *spec.Operation, d request.Draft) (names []string) {
	body, isObject := object(d)
	if !isObject || s.build.Given(o, spec.Input{Name: "body", In: "body"}) {
		return nil
	}
	for _, name := range ordered(body) {
		if scalarValue(body[name]) && (request.Refers(name) || len(s.sources(o, spec.Input{Name: name, In: "body"})) > 0) {
			names = append(names, name)
		}
	}
	return names
}

// dangling is a draft in which a property names what there is not. The document allows it.
func (s *suite) dangling(d request.Draft, name string) (other request.Draft, ok bool) {
	sampler, err := s.build.Sampler()
	body, _ := s.accepted.body(d.Operation, bodyOf(d)).(map[string]any)
	if err != nil || body == nil {
		return d, false
	}
	_, media := d.Body()
	with := maps.Clone(body)
	meets := func(v any) bool { with[name] = v; return sampler.Meets(media.Schema, with) }
	switch is := bodyOf(d).(map[string]any)[name].(type) {
	case string:
		v, ok := request.Unheard(is, rand.Text(), func(text string) bool { return meets(text) })
		return d.WithBody(with), ok && meets(v)
	case bool:
		return d, false
	}
	return d.WithBody(with), slices.ContainsFunc(largest, func(n json.Number) bool { return meets(n) })
}

// atEdge sends a creation, and reports whether it was not refused.
func (s *suite) atEdge(t *rule.T, d request.Draft, note string) bool {
	send := func(d request.Draft) *rule.Answer {
		return s.sendNew(t, d, func(d request.Draft) request.Request { return s.request(t, d).WithNote(note) })
	}
	a := send(d)
	if less, ok := s.withoutBlamed(d, a); ok {
		a = send(less)
	}
	if failed(a) {
		t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for "+note+", which the document allows", status(a))
	}
	if a.Success() {
		s.remove(t, d.Operation, a)
	}
	return a.Success() || failed(a)
}

// changesAtEdges sends changes at the edges of what the document allows, of what a spec has
// made.
func (s *suite) changesAtEdges(o *spec.Operation) []probe {
	names := spec.Placeholders(o.Path)
	if o.Method != http.MethodPut && o.Method != http.MethodPatch || len(names) == 0 || !strings.HasSuffix(trimmed(o.Path), "}") || s.creation(o, names[len(names)-1]) == nil {
		return nil
	}
	sample, ok := s.sample(o)
	if !ok {
		return nil
	}
	if full, more := s.build.Full(sample); more {
		sample = full
	}
	references := s.references(o, sample)
	n := s.upTo(len(edges), 0, 1)
	p := probe{area: "input", op: o, text: "serves the extreme values that the document allows", ids: []string{"HTTP-SERVE-001"}, sends: sends(o, 0, n+min(1, len(references)), "valid, at the edges"), after: refusals}
	p.run = func(t *rule.T) {
		use := s.borrow(t, o, toKeep) // all that leave it as it is come before
		defer func() { use.undo() }()
		d := s.draft(t, o, use.find)
		if !s.made(d) {
			t.Skip(reporters.SkipNoData, "nothing could be made to change: give data of the target with %s", s.hint(o))
		}
		if full, ok := s.build.Full(d); ok {
			d = full
		}
		send := func(d request.Draft, note string) {
			if a := t.Send(s.conditional(t, d, s.request(t, d)).WithNote(note)); failed(a) {
				t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for "+note+", which the document allows", status(a))
			}
		}
		for _, e := range edges[:n] {
			if at, ok := s.build.At(d, e.text, e.num); ok {
				send(at, e.note)
			}
		}
		if len(references) > 0 {
			if at, ok := s.dangling(d, references[0]); ok {
				send(at, "an id that nothing has as "+references[0])
			}
		}
	}
	return []probe{p}
}
