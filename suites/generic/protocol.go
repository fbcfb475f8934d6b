package generic

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// harmlessMethod is a real method (RFC 4918) that changes nothing: any tier may send it
// to any path.
const harmlessMethod = "PROPFIND"

// protocol tests methods that the path does not have, HEAD, and the same read again.
func (s *suite) protocol(o *spec.Operation) (list []probe) {
	if s.depth == config.Quick {
		return nil
	}
	if s.first(o) && s.half.paths(o) {
		p := probe{area: "protocol", op: o, text: "refuses a method that its path does not have", ids: []string{"HTTP-METHOD-001", "HTTP-ALLOW-001", "HTTP-ROBUST-001"}}
		p.sends = []sent{{method: harmlessMethod, path: o.Path, effect: spec.Reads, least: 1, most: 1, why: "the method is safe (RFC 4918 section 9.1)"}}
		p.run = func(t *rule.T) { s.method(t, o) }
		list = append(list, p)
	}
	if o.Method != "GET" || o.Effect != spec.Reads {
		return list
	}
	head := probe{area: "protocol", op: o, text: "answers HEAD as it answers GET", ids: []string{"HTTP-HEAD-001", "HTTP-EMPTY-001"}}
	if s.env.Contract.Access(o).Required() {
		head.ids = append(head.ids, "HTTP-CORS-002")
	}
	head.sends = []sent{{method: "HEAD", path: o.Path, effect: spec.Reads, least: 0, most: 1, why: "the method is safe (RFC 9110 section 9.2.1)"}}
	head.run = func(t *rule.T) { s.head(t, o) }
	if s.env.Contract.Locate("HEAD", o.Path) != o {
		head.sends = append(head.sends, sends(o, 0, 1, "whether it is still there")...)
		head.run = func(t *rule.T) { s.headToo(t, o) }
	}
	if !s.small() || s.half.reads(o) {
		list = append(list, head)
	}
	again := probe{area: "protocol", op: o, text: "answers a repeated read with the same status", ids: []string{"HTTP-REPEAT-001"}, sends: sends(o, 0, 1, "the same again")}
	again.run = func(t *rule.T) {
		first := s.read(t, o, nil)
		t.Limited(first)
		d := s.draft(t, o, nil)
		r := s.request(t, d).WithNote("the same again")
		a := t.SendOrHear(r)
		if a.Status()/100 != first.Status()/100 { // other specs may have changed the data
			first, a = a, t.Send(r)
		}
		t.Limited(first)
		t.Limited(a)
		if a.Status()/100 != first.Status()/100 && !s.made(d) { // another spec may delete what it has made
			t.Violation(a, "HTTP-REPEAT-001", "status", "equal", status(first)+", as before", status(a))
		}
	}
	if s.readAgain(o) || !s.half.reads(o) {
		return list
	}
	return append(list, again)
}

// readAgain reports whether a list is read again anyway, for what is added to it.
func (s *suite) readAgain(o *spec.Operation) bool {
	return s.depth == config.Standard && s.env.Config.Safety.Allows(spec.Writes) && s.index().adds[o.Path]
}

// method accepts any client error: a target may check the credential, or look for the
// resource, first. 501 is for methods that a server does not know at all.
func (s *suite) method(t *rule.T, o *spec.Operation) {
	r := s.request(t, s.draft(t, o, nil))
	if s.env.Contract.Locate(harmlessMethod, r.Path) != nil {
		t.Skip(reporters.SkipNotOffered, "another path of the document has the method")
	}
	a := t.Send(r.WithMethod(harmlessMethod).WithoutBody().WithEffect(spec.Reads).WithNote("method " + harmlessMethod))
	switch {
	case failed(a):
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for method "+harmlessMethod, status(a))
	case a.Success():
		t.Violation(a, "HTTP-METHOD-001", "status", "refused", "a status of 4xx, or 501, for method "+harmlessMethod, status(a))
	}
}

// head: supporting HEAD is optional, but a response must match that of GET.
func (s *suite) head(t *rule.T, o *spec.Operation) {
	get := s.read(t, o, nil)
	if !get.Success() {
		t.Skip(reporters.SkipNoData, "GET is answered with status %d: there is nothing to compare HEAD with", get.Status())
	}
	r := s.request(t, s.draft(t, o, nil))
	if other := s.env.Contract.Locate(http.MethodHead, r.Path); other != nil && other != o {
		t.Skip(reporters.SkipNotOffered, "another path of the document has HEAD")
	}
	plain := r
	if s.env.Contract.Access(o).Required() && !s.env.Contract.Unbound("HTTP-CORS-002") {
		r = r.WithHeader("Origin", spec.StrangeOrigin)
	}
	a := t.SendAlone(r.WithMethod(http.MethodHead).WithNote("method HEAD"))
	if a.Status() == http.StatusForbidden { // it may serve no page of that origin
		r = plain
		a = t.SendAlone(r.WithMethod(http.MethodHead).WithNote("method HEAD"))
	}
	if failed(a) || a.Success() && a.Status() != get.Status() {
		t.Violation(a, "HTTP-HEAD-001", "status", "refused", status(get)+", as for GET, or a status of 4xx because there is no HEAD", status(a))
	}
	if was, is := mediaName(get.Response.Header.Get("Content-Type")), mediaName(a.Response.Header.Get("Content-Type")); a.Status() == get.Status() && was != "" && is != "" && is != was {
		t.Violation(a, "HTTP-HEAD-001", "header Content-Type", "equal", was+", as for GET, or no such header", is)
	}
	// A body that differs each time has no length to compare.
	for range 2 {
		if !unlike(get, a) {
			return
		}
		again := t.Send(r)
		if len(again.Response.Body) != len(get.Response.Body) {
			return
		}
		a = t.Send(r.WithMethod(http.MethodHead).WithNote("method HEAD"))
	}
	if unlike(get, a) {
		t.Violation(a, "HTTP-HEAD-001", "header Content-Length", "equal", fmt.Sprintf("%d, as for GET, or no such header", len(get.Response.Body)), a.Response.Header.Get("Content-Length"))
	}
}

// unlike reports whether a response to HEAD has another length than GET.
func unlike(get, head *rule.Answer) bool {
	length := head.Response.Header.Get("Content-Length")
	coded := get.Response.Header.Get("Content-Encoding") != "" || head.Response.Header.Get("Content-Encoding") != ""
	return get.Success() && head.Status() == get.Status() && !coded && length != "" && length != strconv.Itoa(len(get.Response.Body))
}

// ranges: what supports ranges serves a first one.
func (s *suite) ranges(o *spec.Operation) []probe {
	if s.depth == config.Quick || o.Method != "GET" || o.Effect != spec.Reads || !o.Documents(http.StatusPartialContent) {
		return nil
	}
	p := probe{area: "protocol", op: o, text: "serves a part as a part", ids: []string{"HTTP-RANGE-001", "HTTP-ROBUST-001"}, sends: sends(o, 0, 2, "a range")}
	p.run = func(t *rule.T) {
		whole := s.read(t, o, nil)
		if !whole.Success() {
			t.Skip(reporters.SkipNoData, "GET is answered with status %d: there is nothing to request a part of", whole.Status())
		}
		for _, wanted := range []string{"bytes=0-0", "bytes=-2"} {
			a := t.Send(s.request(t, s.draft(t, o, nil)).WithHeader("Range", wanted).WithNote("Range: " + wanted))
			if failed(a) {
				t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for Range: "+wanted, status(a))
			}
		}
	}
	return []probe{p}
}

// headToo: where the document has HEAD, it exists if GET does (RFC 9110 section 9.3.2).
// Other refusals may be about additional input of HEAD.
func (s *suite) headToo(t *rule.T, o *spec.Operation) {
	r := s.request(t, s.draft(t, o, nil))
	a := t.SendAlone(r.WithMethod(http.MethodHead).WithNote("method HEAD"))
	absent := []int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented}
	if !slices.Contains(absent, a.Status()) {
		return
	}
	if get := t.Send(r.WithNote("GET of the same")); get.Success() {
		t.Violation(a, "HTTP-HEAD-001", "status", "equal", status(get)+", as for GET", status(a))
	}
}

// unknownPath: an undocumented path is not found.
func (s *suite) unknownPath() probe {
	const path = "/conformance-none-4f1d"
	p := probe{area: "protocol", text: "does not find a path that the document does not have", ids: []string{"HTTP-PATH-001", "HTTP-ROBUST-001"}}
	p.sends = []sent{{method: "GET", path: path, effect: spec.Reads, least: 1, most: 1, why: "no path of the document"}}
	p.run = func(t *rule.T) {
		base := s.env.Contract.BasePath(s.env.Contract.Operations()[0])
		if s.env.Contract.Locate("GET", base+path) != nil {
			t.Skip(reporters.SkipNotOffered, "a template of the document takes every path")
		}
		a := t.Send(request.Request{Method: "GET", Path: base + path, Header: http.Header{"Accept": {"application/json"}}, Effect: spec.Reads, Note: "an unknown path"})
		switch {
		case failed(a):
			t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for an unknown path", status(a))
		case a.Success():
			t.Violation(a, "HTTP-PATH-001", "status", "refused", "a status of 4xx for a path that the document does not have", status(a))
		}
	}
	return p
}
