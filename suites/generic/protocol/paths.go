package protocol

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// noSuchThing is a segment that no API has.
const noSuchThing = "no-such-thing-as-this"

// notFound are the statuses for an undocumented path. 404 is the usual one; a target may
// check the key first (401, 403), take the last segment for a malformed id (400), or know
// the path for another method (405).
var notFound = []int{400, 401, 403, 404, 405, 410}

// paths tests undocumented paths.
func paths(e *env.Env) {
	rule.Describe(e, "paths", func() {
		for _, p := range unknownPaths(e.Contract) {
			rule.It(e, "finds nothing at "+p, rule.Of("", "HTTP-PATH-001", "HTTP-ERRORDOC-001"), func(t *rule.T) {
				t.Refused(read(p, elsewhere(e, p)).WithNote("a path that is not documented"), notFound...)
			})
		}
		for _, op := range e.Contract.Operations() {
			if op.Effect != spec.Reads || strings.Contains(op.Path, "{") {
				continue
			}
			rule.It(e, "answers other spellings of "+op.Path+" without a server error", rule.Of("", "HTTP-ROBUST-001"), func(t *rule.T) {
				for _, s := range spellings(e, op.Path) {
					rough(t, read(s.Path, request.Default(op)).WithNote(s.Note))
				}
			})
		}
	})
}

// read returns a GET that belongs to no operation.
func read(path string, auth request.Auth) request.Request {
	r := request.Request{Method: "GET", Path: path, Auth: auth, Effect: spec.Reads}
	return r.WithHeader("Accept", "application/json")
}

// elsewhere returns the credential for an undocumented path.
func elsewhere(e *env.Env, path string) request.Auth {
	if e.Pack.Elsewhere == nil {
		return request.Auth{}
	}
	return e.Pack.Elsewhere(path)
}

// unknownPaths returns one path in each folder of the documented paths, except where a
// folder contains a parameter, as its content depends on that, or only parameters.
func unknownPaths(c *spec.Contract) (list []string) {
	for _, op := range c.Operations() {
		segments := strings.Split(op.Path, "/")
		if i := slices.IndexFunc(segments, func(s string) bool { return strings.HasPrefix(s, "{") }); i >= 0 {
			segments = segments[:i]
		}
		for n := 2; n <= len(segments); n++ {
			p := strings.Join(segments[:n], "/") + "/" + noSuchThing
			if !slices.Contains(list, p) && c.Match("GET", p) == nil {
				list = append(list, p)
			}
		}
	}
	return list
}

// spellings returns paths that a server may take for the documented one, redirect to it,
// or not know: RFC 3986 calls some of them equivalent, and the documentation is silent.
func spellings(e *env.Env, path string) []env.Spelling {
	last := strings.LastIndexByte(path, '/')
	list := []env.Spelling{
		{Note: "a slash at the end", Path: path + "/"},
		{Note: "a slash twice", Path: path[:last] + "/" + path[last:]},
		{Note: "the path in upper case", Path: strings.ToUpper(path)},
		{Note: "a dot segment", Path: path[:last] + "/." + path[last:]},
		{Note: "a segment that .. takes back", Path: path[:last] + "/" + noSuchThing + "/.." + path[last:]},
		{Note: "an escaped letter", Path: path[:last+1] + "%" + hex(path[last+1]) + path[last+2:]},
		{Note: "an extension", Path: path + ".json"},
		{Note: "a path parameter", Path: path + ";a=b"},
	}
	if e.Pack.Spellings != nil {
		list = append(list, e.Pack.Spellings(path)...)
	}
	return list
}

func hex(c byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[c>>4], digits[c&15]})
}
