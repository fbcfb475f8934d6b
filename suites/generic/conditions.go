package generic

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/rule"
)

// current: who has the current representation does not get it again.
func (s *suite) current(o *spec.Operation) []probe {
	if s.depth == config.Quick || o.Effect != spec.Reads || !s.env.Contract.LooksAt(o, "If-None-Match") {
		return nil
	}
	p := probe{area: "protocol", op: o, text: "does not send again what is current", ids: []string{"HTTP-NONEMATCH-002", "HTTP-ROBUST-001"}, sends: sends(o, 0, 1, "the entity tag that the target gave")}
	p.run = func(t *rule.T) {
		first := s.read(t, o, nil)
		tag := first.Response.Header.Get("ETag")
		if !first.Success() || !strings.HasSuffix(tag, `"`) {
			t.Skip(reporters.SkipNoData, "no response of %s has an entity tag", o.Name())
		}
		a := t.Send(s.request(t, s.draft(t, o, nil)).WithHeader("If-None-Match", tag).WithNote("If-None-Match with the entity tag of the response before"))
		switch {
		case failed(a):
			t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for If-None-Match: "+tag, status(a))
		case a.Success() && a.Response.Header.Get("ETag") == tag && string(a.Response.Body) == string(first.Response.Body):
			t.Violation(a, "HTTP-NONEMATCH-002", "status", "equal", fmt.Sprintf("status 304 for If-None-Match: %s, which is current", tag), status(a)+" with the same entity tag")
		}
	}
	return []probe{p}
}

// otherTypes: what the document has in several media types is served in each.
func (s *suite) otherTypes(o *spec.Operation) []probe {
	var types []string
	for _, out := range s.env.Contract.Outputs(o) {
		if name := mediaName(out.Type); !strings.Contains(name, "*") && !endless(out.Type) && !slices.Contains(types, out.Type) {
			types = append(types, out.Type)
		}
	}
	n := s.upTo(len(types)-1, 0, 1)
	if o.Effect != spec.Reads || o.Method == http.MethodHead || n < 1 {
		return nil
	}
	p := probe{area: "responses", op: o, text: "answers in its other media types", ids: s.answered(o), sends: sends(o, 0, n, "another media type")}
	p.run = func(t *rule.T) {
		first := s.read(t, o, nil)
		if !first.Success() {
			t.Skip(reporters.SkipNoData, "no request succeeded in any media type (status %d)", first.Status())
		}
		sent, was := 0, mediaName(first.Response.Header.Get("Content-Type"))
		for _, name := range types {
			if mediaName(name) == was || sent == n {
				continue
			}
			sent++
			a := t.Send(s.request(t, s.draft(t, o, nil)).WithHeader("Accept", name).WithNote("Accept: " + name))
			if failed(a) {
				t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for Accept: "+name, status(a))
			}
		}
	}
	return []probe{p}
}

// endless reports whether an answer in a media type may have no end: events, and what is
// watched.
func endless(mediaType string) bool {
	name := mediaName(mediaType)
	return strings.Contains(mediaType, "stream=") || name == "text/event-stream" || name == "multipart/x-mixed-replace" || content.IsLines(name)
}

// mediaName is a media type without parameters, in lower case.
func mediaName(mediaType string) string {
	name, _, _ := strings.Cut(mediaType, ";")
	return strings.ToLower(strings.TrimSpace(name))
}
