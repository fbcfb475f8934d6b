package generic

import (
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// once: a creation that is sent again with its idempotency key creates nothing new. Its
// answer may be the first one again, or a refusal.
func (s *suite) once(o *spec.Operation) []probe {
	key := s.idempotencyKey(o)
	if s.depth == config.Quick || o.Method != http.MethodPost || o.Effect != spec.Writes || key == nil {
		return nil
	}
	item := s.item(o)
	if item == nil {
		return nil
	}
	p := probe{area: "state", op: o, text: "makes nothing new for the same idempotency key", ids: []string{"STATE-ONCE-001", "HTTP-ROBUST-001"}, sends: sends(o, 0, 2, "the same idempotency key")}
	p.run = func(t *rule.T) {
		d := s.draft(t, o, nil)
		v, err := s.build.Value(o, *key, nil)
		s.need(t, err)
		if renamed, ok := s.build.Renamed(d, suffix()); ok {
			d = renamed
		}
		r := s.request(t, d.With(*key, v))
		first := t.Send(r.WithNote("with an idempotency key"))
		names := spec.Placeholders(item.Path)
		id, known := s.createdID(first, item.Path, names[len(names)-1])
		if !first.Success() || !known {
			t.Skip(reporters.SkipNoData, "the response does not say what was made: status %d", first.Status())
		}
		defer s.remove(t, o, first)
		second := t.Send(r.WithNote("the same, with the same idempotency key"))
		if failed(second) {
			t.Violation(second, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for the same request with the same idempotency key", status(second))
		}
		other, known := s.createdID(second, item.Path, names[len(names)-1])
		if second.Success() && known && text(other) != text(id) {
			s.remove(t, o, second)
			t.Violation(second, "STATE-ONCE-001", "body", "equal", text(id)+", which the same request with the same "+key.Name+" has made", text(other))
		}
	}
	return []probe{p}
}

// idempotencyKey is the header parameter that tells a request that is sent again, nil if
// there is none.
func (s *suite) idempotencyKey(o *spec.Operation) *spec.Input {
	for _, p := range s.build.Inputs(o).Parameters {
		if p.In == "header" && !request.Ignored(p) && strings.TrimPrefix(plainName(p.Name), "x") == "idempotencykey" {
			return &p
		}
	}
	return nil
}
