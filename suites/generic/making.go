package generic

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// makeFull sends a creation with all that may be said of what it makes; if the target
// refuses that, without what it names as the reason; and at last with what is required.
func (s *suite) makeFull(t *rule.T, d request.Draft, note string) (request.Draft, *rule.Answer) {
	full, more := s.build.Full(d)
	if renamed, ok := s.build.Renamed(full, suffix()); ok {
		full = s.undefaulted(s.apart(renamed))
		how := note
		if more {
			how += ", with all that may be said of it"
		}
		a := t.Send(s.request(t, full).WithNote(how))
		if less, ok := s.withoutBlamed(full, a); ok {
			full = less
			a = t.Send(s.request(t, full).WithNote(note + ", without what was refused"))
		}
		if a.Success() || s.vain.is(d.Operation) {
			return full, a
		}
	}
	used := d
	a := s.sendNew(t, d, func(d request.Draft) request.Request {
		used = d
		return s.request(t, d).WithNote(note)
	})
	return used, a
}

// withoutBlamed is a refused draft without the properties that the answer names and that
// may be left out: what a reference is to, the document does not say.
func (s *suite) withoutBlamed(d request.Draft, a *rule.Answer) (less request.Draft, ok bool) {
	sampler, err := s.build.Sampler()
	body, isObject := object(d)
	if err != nil || !isObject || !slices.Contains([]int{http.StatusBadRequest, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity}, a.Status()) {
		return d, false
	}
	_, media := d.Body()
	kept := map[string]any{}
	for name, v := range body {
		kept[name] = v
	}
	said := strings.ToLower(string(a.Response.Body))
	for _, name := range ordered(body) {
		word := regexp.MustCompile(`\b` + regexp.QuoteMeta(strings.ToLower(name)) + `\b`)
		if delete(kept, name); !word.MatchString(said) || !sampler.Meets(media.Schema, kept) {
			kept[name] = body[name]
		}
	}
	return d.WithBody(kept), len(kept) < len(body) && len(kept) > 0
}
