package generic

import (
	"slices"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/rule"
)

// met are answers of the run that name things by what no list shows: the address of what
// was begun (a job, an export), the id of what was added to another thing.
type met struct {
	mu   sync.Mutex
	list []*rule.Answer
}

// remember keeps an answer, if it may name a thing: the last ones are enough.
func (m *met) remember(a *rule.Answer) {
	const most = 100
	if a.Response == nil || a.Status() >= 400 || a.Request.Method != "POST" && a.Response.Header.Get("Location") == "" {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = append(m.list[max(0, len(m.list)-most+1):], a)
}

// named is the value that one of the answers has for a parameter of the path of an
// operation, the last one first: by its address, or by the answer to an addition to a
// collection of that name.
func (s *suite) named(o *spec.Operation, p spec.Input) (any, bool) {
	s.met.mu.Lock()
	list := slices.Clone(s.met.list)
	s.met.mu.Unlock()
	for _, a := range slices.Backward(list) {
		if v, ok := fromAddress(a.Response.Header.Get("Location"), o.Path, p.Name); ok && !sibling(s.env.Contract.Operations(), o.Path, p.Name, v) {
			if typed, ok := s.build.Typed(p.Schema, v); ok && !s.env.Noted(gone(o.Path, p.Name, typed)) {
				return typed, true
			}
		}
		by := s.env.Contract.Operation(a.Operation)
		if by == nil || by.Method != "POST" || !a.Success() || len(spec.Placeholders(o.Path)) != 1 || !slices.Contains(plurals(stem(p.Name)), lastSegment(by.Path)) {
			continue
		}
		if v, ok := s.createdID(a, o.Path, p.Name); ok {
			if typed, ok := s.build.Typed(p.Schema, v); ok && !s.env.Noted(gone(o.Path, p.Name, typed)) && !s.env.Noted(gone(trimmed(by.Path)+"/{"+p.Name+"}", p.Name, typed)) {
				return typed, true
			}
		}
	}
	return nil, false
}

// sibling reports whether the document has a path with a text in place of a parameter: an
// address with it is of what is there (/files/sessions/7 names no {id} of /files/{id}).
func sibling(operations []*spec.Operation, path, name, text string) bool {
	before, _, _ := strings.Cut(path, "{"+name+"}")
	return slices.ContainsFunc(operations, func(o *spec.Operation) bool {
		rest, ok := strings.CutPrefix(o.Path, before+text)
		return ok && (rest == "" || rest[0] == '/')
	})
}

// late reports whether an operation reads what no collection of its own shows: a part of
// another thing, or what the run has to begin. So it is read after what adds such things.
func (s *suite) late(o *spec.Operation) bool {
	names := spec.Placeholders(o.Path)
	if o.Effect != spec.Reads || len(names) == 0 || !s.env.Config.Safety.Allows(spec.Writes) {
		return false
	}
	last := names[len(names)-1]
	for _, p := range s.build.Inputs(o).Parameters {
		if p.In == "path" && p.Name == last {
			return !s.shownInDocument(p) && !s.build.Given(o, p) && s.creation(o, last) == nil &&
				!slices.ContainsFunc(s.sources(o, p), func(from source) bool { return len(spec.Placeholders(from.op.Path)) == 0 })
		}
	}
	return false
}

// shownInDocument reports whether the document shows a value of an input: the place of a
// tenant, a region or a version in a path may be named by its schema alone.
func (s *suite) shownInDocument(p spec.Input) bool {
	if len(p.Examples) > 0 || p.Schema == "" {
		return len(p.Examples) > 0
	}
	sampler, err := s.build.Sampler()
	return err == nil && len(sampler.Shown(p.Schema)) > 0
}
