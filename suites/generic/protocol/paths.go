package protocol

import (
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// noSuchThing is a segment that no API has.
const noSuchThing = "no-such-thing-as-this"

// notFound are the statuses for a path that no page documents. 404 is the plain
// one; a target may look at the key first (401, 403), take the last segment for
// an id that is malformed (400), or know the path for another method (405).
var notFound = []int{400, 401, 403, 404, 405, 410}

// paths: paths that the document does not have.
func paths(e *env.Env) {
	ginkgo.Describe("paths", func() {
		for _, p := range unknownPaths(e.Contract) {
			rule.It(e, "finds nothing at "+p.path, rule.Of("", "HTTP-PATH-001", "HTTP-ERRORDOC-001"), func(t *rule.T) {
				t.Refused(read(p.version, p.path).WithNote("a path that is not documented"), notFound...)
			})
		}
		for _, op := range e.Contract.Operations() {
			if op.Effect != spec.Reads || strings.Contains(op.Path, "{") {
				continue
			}
			rule.It(e, "is not upset by "+op.Path+" spelt in another way", rule.Of("", "HTTP-ROBUST-001"), func(t *rule.T) {
				for _, s := range spellings(op.Path) {
					rough(t, read(op.Version, s.path).WithNote(s.note))
				}
			})
		}
	})
}

// read is a GET with a valid key that belongs to no operation.
func read(version, path string) request.Request {
	auth := request.Auth{Place: request.Bearer, Secret: request.FullKey}
	if version == "v1" {
		auth.Place = request.APIKey
	}
	r := request.Request{Method: "GET", Path: path, Auth: auth, Effect: spec.Reads}
	return r.WithHeader("Accept", "application/json")
}

type unknownPath struct{ version, path string }

// unknownPaths has one path in each folder of the documented paths. A folder
// with a parameter in it is left out: what it holds depends on the parameter. So
// is one in which everything is a parameter.
func unknownPaths(c *spec.Contract) []unknownPath {
	var list []unknownPath
	for _, op := range c.Operations() {
		segments := strings.Split(op.Path, "/")
		if i := slices.IndexFunc(segments, func(s string) bool { return strings.HasPrefix(s, "{") }); i >= 0 {
			segments = segments[:i]
		}
		for n := 2; n <= len(segments); n++ {
			folder := strings.Join(segments[:n], "/")
			version := "v1"
			if folder == "/api/v2" || strings.HasPrefix(folder, "/api/v2/") {
				version = "v2"
			}
			p := unknownPath{version, folder + "/" + noSuchThing}
			if !slices.Contains(list, p) && c.Match("GET", p.path) == nil {
				list = append(list, p)
			}
		}
	}
	return list
}

type spelling struct{ note, path string }

// spellings are paths that a server may take for the documented one, redirect to
// it, or not know: RFC 3986 calls some of them equivalent, and no page says what
// this API makes of them.
func spellings(path string) []spelling {
	last := strings.LastIndexByte(path, '/')
	list := []spelling{
		{"a slash at the end", path + "/"},
		{"a slash twice", path[:last] + "/" + path[last:]},
		{"the path in upper case", strings.ToUpper(path)},
		{"a dot segment", path[:last] + "/." + path[last:]},
		{"a way up and down again", path[:last] + "/" + noSuchThing + "/.." + path[last:]},
		{"an escaped letter", path[:last+1] + "%" + hex(path[last+1]) + path[last+2:]},
		{"an extension", path + ".json"},
		{"a path parameter", path + ";a=b"},
	}
	if rest, ok := strings.CutPrefix(path, "/api/v2/"); ok {
		list = append(list, spelling{"a version that is not documented", "/api/v3/" + rest}, spelling{"a v2 path without its version", "/api/" + rest})
	}
	return list
}

func hex(c byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[c>>4], digits[c&15]})
}
