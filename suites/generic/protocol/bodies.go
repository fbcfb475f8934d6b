package protocol

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// bodies sends what programs and people send by mistake. The requirements of each
// operation say that a body other than a JSON object is refused; here the server only
// must not fail.
func bodies(e *env.Env, op *spec.Operation) {
	if op.Body == nil {
		return
	}
	it := func(text string, variants func(base object) []variant) {
		rule.It(e, text, rule.Of(op.ID, "HTTP-ROBUST-001").Long(), func(t *rule.T) {
			r := usable(t, op)
			for _, v := range variants(objectOf(r.Body)) {
				send(t, v.apply(r))
			}
		})
	}
	it("answers a body that is not JSON without a server error", malformed)
	it("answers JSON that is not an object without a server error", notObjects)
	it("answers deep nesting without a server error", nested)
	it("answers a large body without a server error", large)
	it("answers unusual text in a property without a server error", func(base object) []variant { return strangeText(op, base) })
	it("answers a property of another type without a server error", func(base object) []variant { return otherTypes(op, base) })
	it("answers unusual numbers without a server error", func(base object) []variant { return strangeNumbers(op, base) })
	it("answers unknown and repeated properties without a server error", func(base object) []variant { return strangeMembers(base) })
	it("answers a wrong or missing content type without a server error", contentTypes)
}

// A variant is a body with its content type; "" sends none.
type variant struct {
	note        string
	contentType string
	body        []byte
	encoding    string // Content-Encoding, "" for none
}

func (v variant) apply(r request.Request) request.Request {
	r = r.WithBody(v.contentType, v.body).WithNote(v.note)
	if v.encoding != "" {
		r = r.WithHeader("Content-Encoding", v.encoding)
	}
	return r
}

// plainSize is the size of a body in bytes up to which no server has a reason to close
// the connection instead of responding.
const plainSize = 16 << 10

func send(t *rule.T, r request.Request) {
	if len(r.Body) > plainSize {
		rough(t, r)
		return
	}
	survive(t, r)
}

func asJSON[T string | []byte](note string, body T) variant {
	return variant{note: note, contentType: "application/json", body: []byte(body)}
}

// An object is a JSON object as texts, including values that encoding/json would not
// write.
type object map[string]string

func objectOf(body []byte) object {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		panic("protocol: the valid body of an operation is not a JSON object")
	}
	o := object{}
	for name, v := range members {
		o[name] = string(v)
	}
	return o
}

// with returns the JSON text of the object with one property added or replaced.
func (o object) with(name, value string) []byte {
	c := maps.Clone(o)
	c[name] = value
	return c.bytes()
}

// text returns the JSON text of the object.
func (o object) text() string { return string(o.bytes()) }

// bytes returns the JSON text with its properties sorted by name, so that each run sends
// the same bytes.
func (o object) bytes() []byte {
	names := slices.Sorted(maps.Keys(o))
	size := len("{}")
	for _, name := range names {
		size += len(quote(name)) + len(":,") + len(o[name])
	}
	b := append(make([]byte, 0, size), '{') // may be a megabyte
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, quote(name)...), ':')
		b = append(b, o[name]...)
	}
	return append(b, '}')
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // any string can be written
	}
	return string(b)
}

func malformed(base object) []variant {
	whole := base.text()
	return []variant{
		asJSON("an empty body", ""),
		asJSON("white space", " \r\n\t "),
		asJSON("a truncated body", whole[:len(whole)-1]),
		asJSON("half a body", whole[:len(whole)/2]),
		asJSON("two JSON texts", whole+whole),
		asJSON("garbage after the JSON text", whole+"x"),
		asJSON("a comma after the last property", whole[:len(whole)-1]+",}"),
		asJSON("single quotes", strings.ReplaceAll(whole, `"`, `'`)),
		asJSON("a comment", "/* */"+whole),
		asJSON("XML", `<?xml version="1.0"?><a/>`),
		asJSON("form data", "a=b&c=d"),
		asJSON("a byte order mark", "\ufeff"+whole),
		asJSON("UTF-16", utf16(whole)),
		asJSON("binary data", "\x00\x01\x02\xff\xfe\x1f\x8b\x08"),
	}
}

func notObjects(base object) []variant {
	return []variant{
		asJSON("null", "null"),
		asJSON("true", "true"),
		asJSON("a number", "1"),
		asJSON("a string", `"text"`),
		asJSON("an empty array", "[]"),
		asJSON("the object in an array", "["+base.text()+"]"),
		asJSON("the object in a string", quote(base.text())),
	}
}

// nested: recursive parsers exhaust the stack between a thousand and some ten thousand
// levels.
func nested(base object) []variant {
	var list []variant
	for _, depth := range []struct {
		note string
		n    int
	}{{"1,000 levels", 1000}, {"100,000 levels", 100_000}} {
		arrays := strings.Repeat("[", depth.n) + strings.Repeat("]", depth.n)
		objects := strings.Repeat(`{"a":`, depth.n) + "1" + strings.Repeat("}", depth.n)
		list = append(list,
			asJSON(depth.note+" of arrays", arrays),
			asJSON(depth.note+" of objects in a property that is not documented", base.with("x", objects)),
			asJSON(depth.note+" of arrays that are never closed", strings.Repeat("[", depth.n)),
		)
	}
	return list
}

func large(base object) []variant {
	text := func(size int) string { return `"` + strings.Repeat("a", size) + `"` }
	return []variant{
		asJSON("a property of 64 KiB that is not documented", base.with("x", text(64<<10))),
		asJSON("a property of 1 MiB that is not documented", base.with("x", text(1<<20))),
		asJSON("1 MiB of white space", slices.Concat(bytes.Repeat([]byte(" "), 1<<20), base.bytes())),
		asJSON("100,000 items", base.with("x", "["+strings.Repeat("0,", 100_000)+"0]")),
	}
}

func contentTypes(base object) []variant {
	body := base.bytes()
	var list []variant
	for _, ct := range []string{
		"", "text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data",
		"multipart/form-data; boundary=x", "application/octet-stream", "application/merge-patch+json",
		"application/json; charset=utf-8", "application/json;charset=UTF-16", "application/json; charset=nonsense",
		"APPLICATION/JSON", "application/json, text/plain", "json", ";;;", "application/json; a=" + strings.Repeat("b", 1000),
	} {
		note := "Content-Type: " + ct
		if ct == "" {
			note = "no Content-Type"
		}
		list = append(list, variant{note: note, contentType: ct, body: body})
	}
	return append(list,
		variant{note: "a body that is not gzip as its header says", contentType: "application/json", body: body, encoding: "gzip"},
		variant{note: "an unknown content coding", contentType: "application/json", body: body, encoding: "nonsense"},
	)
}

// utf16 returns the text in UTF-16, little-endian with a byte order mark.
func utf16(s string) string {
	var b bytes.Buffer
	b.WriteString("\xff\xfe")
	for i := range len(s) {
		b.Write([]byte{s[i], 0}) // bodies of the document are ASCII
	}
	return b.String()
}
