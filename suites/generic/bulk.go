package generic

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/rule"
)

// bulkWords are the last segments of addresses that take several things of the collection
// above them.
var bulkWords = []string{"batch", "bulk", "many", "multiple", "import"}

// bulkOf is the read of one thing of the collection that a POST adds several things to, with
// the name of its parameter; nil if it does not.
func (s *suite) bulkOf(o *spec.Operation) (get *spec.Operation, name string) {
	path := trimmed(o.Path)
	if s.depth == config.Quick || o.Method != http.MethodPost || o.Effect != spec.Writes || !slices.Contains(bulkWords, lastSegment(path)) || s.env.Contract.Unbound("STATE-CREATE-001") {
		return nil, ""
	}
	for _, one := range s.near.reads[path[:strings.LastIndex(path, "/")]] {
		if one.op.Effect == spec.Reads && s.missing(one.op) == "" && s.env.Contract.AnswersJSON(one.op) {
			return one.op, one.name
		}
	}
	return nil, ""
}

// bulk judges that the first thing that a response shows among several which were made is
// there, and deletes them.
func (s *suite) bulk(t *rule.T, o *spec.Operation, a *rule.Answer) {
	get, name := s.bulkOf(o)
	if get == nil || !a.Success() || a.Status() == http.StatusAccepted {
		return
	}
	for i, id := range s.severalMade(a, get, name) {
		of := func(_ *spec.Operation, p spec.Input) (any, bool) {
			if p.Name == name {
				return s.build.Typed(p.Schema, id)
			}
			return fromPath(a, s.env.Contract.BasePath(o)+o.Path, p.Name)
		}
		if i == 0 {
			read, err := s.build.Draft(get, of)
			if err != nil {
				return
			}
			now := s.until(t, func() *rule.Answer { return t.Send(s.request(t, read).WithNote("one of several that were made")) }, func(a *rule.Answer) bool { return !absentNow(a) })
			if t.Exercised("STATE-CREATE-001"); absentNow(now) {
				t.Violation(now, "STATE-CREATE-001", "status", "present", fmt.Sprintf("what %s said that it made (status %d)", o.Name(), a.Status()), status(now))
				return
			}
		}
		remove := s.sibling(get, http.MethodDelete)
		if remove == nil || s.missing(remove) != "" || s.env.Spent(spec.Writes) != "" {
			return
		}
		last, err := s.build.Draft(remove, of)
		if r, wrong := s.build.Request(last, s.alternative(remove)); err == nil && wrong == nil && s.tidy(t, r, a) {
			s.env.Note(gone(remove.Path, name, id))
		}
	}
}

// severalMade are the ids of the rows of a response, or of the one thing in each, that are
// what another operation reads, and that the request did not name.
func (s *suite) severalMade(a *rule.Answer, get *spec.Operation, name string) (list []any) {
	const depth = 3
	sampler, err := s.build.Sampler()
	schema := ""
	for _, out := range s.env.Contract.Outputs(get) {
		if out.Status == "200" && isJSON(out.Type) {
			schema = out.Schema
		}
	}
	if err != nil || schema == "" || sampler.Meets(schema, map[string]any{}) || lists(a.Value(), depth) != 1 {
		return nil
	}
	for _, row := range firstList(a.Value(), depth) {
		shown, _ := row.(map[string]any)
		found := []any{row}
		for _, member := range ordered(shown) {
			found = append(found, shown[member])
		}
		for _, one := range found {
			ids := candidates(one, get.Path, name)
			if len(ids) > 0 && sampler.Meets(schema, one) && !strings.Contains(string(a.Request.Body), text(ids[0])) {
				list = append(list, ids[0])
				break
			}
		}
	}
	return list
}
