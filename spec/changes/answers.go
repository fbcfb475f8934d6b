package changes

import (
	"slices"
	"strings"
)

// answers compares the responses of an operation, status by status.
func (s *scope) answers() {
	v := s.response()
	harmless := v
	harmless.reverse = true
	known := map[*response]bool{} // of the new document: its status was documented
	compared := map[[2]*response]bool{}
	compare := func(a, b *response) {
		if pair := [2]*response{a, b}; !compared[pair] {
			compared[pair] = true
			s.answer(v, a, b)
		}
	}
	for _, a := range s.old.responses {
		b := s.new.answer(a.status)
		if b == nil && a.status == "DEFAULT" && s.old.succeeds(a) {
			b = s.new.success()
		}
		if b != nil {
			known[b] = true
			compare(a, b)
			continue
		}
		w := harmless
		w.reverse = !s.old.succeeds(a)
		s.record(w, ruleStatus, a.at, orAt(s.new.at.get("responses"), s.new.at), strings.ToLower(a.status), "")
	}
	for _, b := range s.new.responses {
		if a := s.old.answer(b.status); a != nil {
			compare(a, b) // also for the statuses of a class that those compared with it have not
		}
		if !known[b] {
			s.record(harmless, ruleStatus, orAt(s.old.at.get("responses"), s.old.at), b.at, "", strings.ToLower(b.status))
		}
	}
}

// answer returns the response that applies to a status: that of the status itself, of its
// class, or the default, which covers only errors if a success is documented.
func (o *operation) answer(status string) *response {
	find := func(status string) *response {
		if i := slices.IndexFunc(o.responses, func(r *response) bool { return r.status == status }); i >= 0 {
			return o.responses[i]
		}
		return nil
	}
	if r := find(status); r != nil {
		return r
	}
	if status == "DEFAULT" || status == "" {
		return nil
	}
	if r := find(status[:1] + "XX"); r != nil {
		return r
	}
	if r := find("DEFAULT"); r != nil && (!fine(status) || o.success() == nil) {
		return r
	}
	if strings.HasSuffix(status, "XX") {
		i := slices.IndexFunc(o.responses, func(r *response) bool { return r.status[:1] == status[:1] })
		if i >= 0 {
			return o.responses[i]
		}
	}
	return nil
}

// fine reports whether a status is a success or a redirection.
func fine(status string) bool { return status != "" && (status[0] == '2' || status[0] == '3') }

// success returns the first success or redirection, nil if there is none.
func (o *operation) success() *response {
	if i := slices.IndexFunc(o.responses, func(r *response) bool { return fine(r.status) }); i >= 0 {
		return o.responses[i]
	}
	return nil
}

func (o *operation) succeeds(r *response) bool {
	return fine(r.status) || r.status == "DEFAULT" && o.success() == nil
}

func (s *scope) answer(v view, a, b *response) {
	s.content(v, a.content, b.content, a.at, b.at)
	s.fields(v, ruleHeader, a.headers, b.headers, a.at, b.at)
	for _, name := range keysOf(a.links) {
		x, y := a.links.get(name), b.links.get(name)
		if y == nil {
			s.link(v, a, b, name, "")
		} else if orAt(x.deref(), x).digest() != orAt(y.deref(), y).digest() {
			s.link(v, a, b, name, name)
		}
	}
	for _, name := range keysOf(b.links) {
		if a.links.get(name) == nil {
			s.link(v, a, b, "", name)
		}
	}
}

func (s *scope) link(v view, a, b *response, from, to string) {
	v.reverse = true
	s.record(v, ruleLink, orAt(a.links.get(from), a.at), orAt(b.links.get(to), b.at), from, to)
}
