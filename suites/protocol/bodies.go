package protocol

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/fixtures/request"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/rule"
)

// bodies: what programs and people send by mistake. That a body which is no JSON
// object is refused belongs to the requirements of each operation and is tested
// there; here nothing is asked but that the server stands it.
func bodies(e *env.Env, op *spec.Operation) {
	if op.Body == nil {
		return
	}
	it := func(text string, variants func(base object) []variant) {
		rule.It(e, text, rule.Of(op.ID, "HTTP-ROBUST-001"), func(t *rule.T) {
			r := usable(t, op)
			for _, v := range variants(objectOf(r.Body)) {
				send(t, v.apply(r))
			}
		})
	}
	it("is not upset by a body that is not JSON", malformed)
	it("is not upset by JSON that is not an object", notObjects)
	it("is not upset by deep nesting", nested)
	it("is not upset by a large body", large)
	it("is not upset by strange text in a member", func(base object) []variant { return strangeText(op, base) })
	it("is not upset by a member of another type", func(base object) []variant { return otherTypes(op, base) })
	it("is not upset by strange numbers", func(base object) []variant { return strangeNumbers(op, base) })
	it("is not upset by members that it does not know, or knows twice", func(base object) []variant { return strangeMembers(base) })
	it("is not upset by a content type that is wrong or missing", contentTypes)
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

// plainSize is the size of a body up to which no server has a reason to close
// the connection instead of answering.
const plainSize = 16 << 10

func send(t *rule.T, r request.Request) {
	if len(r.Body) > plainSize {
		rough(t, r)
		return
	}
	t.Survives(r)
}

func asJSON(note, body string) variant {
	return variant{note: note, contentType: "application/json", body: []byte(body)}
}

// An object is a JSON object as texts: values that encoding/json would not write.
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

// with is the JSON text of the object with one more or another member.
func (o object) with(name, value string) string {
	c := maps.Clone(o)
	c[name] = value
	return c.text()
}

// text writes the members sorted by name, so that each run sends the same bytes.
func (o object) text() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(o)) {
		parts = append(parts, quote(name)+":"+o[name])
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string can be written
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
		asJSON("a comma after the last member", whole[:len(whole)-1]+",}"),
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

// nested: recursive parsers run out of stack between a thousand levels and some
// ten thousand.
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
			asJSON(depth.note+" of objects in a member that is not documented", base.with("x", objects)),
			asJSON(depth.note+" of arrays that are never closed", strings.Repeat("[", depth.n)),
		)
	}
	return list
}

func large(base object) []variant {
	filler := quote(strings.Repeat("a", 1<<20))
	return []variant{
		asJSON("a member of 64 KiB that is not documented", base.with("x", quote(strings.Repeat("a", 64<<10)))),
		asJSON("a member of 1 MiB that is not documented", base.with("x", filler)),
		asJSON("1 MiB of white space", strings.Repeat(" ", 1<<20)+base.text()),
		asJSON("100,000 items", base.with("x", "["+strings.Repeat("0,", 100_000)+"0]")),
	}
}

// strangeText puts text into each documented member that is a string.
func strangeText(op *spec.Operation, base object) []variant {
	texts := []struct{ note, json string }{
		{"the empty string", `""`},
		{"white space", `" \t\r\n"`},
		{"NUL", `"a\u0000b"`},
		{"an escape character", `"\u001b[31m"`},
		{"half a surrogate pair", `"\ud800"`},
		{"a surrogate pair the wrong way round", `"\udc00\ud800"`},
		{"4-byte characters", `"𝄞😀"`},
		{"right-to-left text", `"\u202eabc\u202c مرحبا"`},
		{"a noncharacter", `"\uffff"`},
		{"combining marks", `"e\u0301\u0301\u0301\u0301"`},
		{"bytes that are not UTF-8", "\"a\xff\xfe\xc0\x80b\""},
		{"a bare control character", "\"a\x01b\""},
		{"an unknown escape", `"\q"`},
		{"10,000 characters", quote(strings.Repeat("a", 10_000))},
	}
	var list []variant
	for _, m := range op.Body.Members {
		if !m.Schema.Allows("string") {
			continue
		}
		for _, x := range texts {
			list = append(list, asJSON(x.note+" in "+m.Name, base.with(m.Name, x.json)))
		}
	}
	return list
}

func otherTypes(op *spec.Operation, base object) []variant {
	var list []variant
	for _, m := range op.Body.Members {
		for _, x := range []string{"null", "true", "1", "1.5", "[]", "{}", `["a"]`, `{"a":1}`, `[[]]`} {
			list = append(list, asJSON(m.Name+" "+x, base.with(m.Name, x)))
		}
	}
	return list
}

// strangeNumbers are sound JSON that not every reader can hold, and what some
// readers take for numbers.
func strangeNumbers(op *spec.Operation, base object) []variant {
	numbers := []string{
		"9007199254740993", "-9223372036854775809", "1e400", "-1e400", "1e-400", "-0", "1" + strings.Repeat("0", 400),
		"0." + strings.Repeat("0", 400) + "1", "01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "1e",
	}
	var list []variant
	for _, m := range op.Body.Members {
		for _, n := range numbers {
			short := n
			if len(short) > 24 {
				short = short[:24] + "…"
			}
			list = append(list, asJSON(m.Name+" "+short, base.with(m.Name, n)))
		}
	}
	return list
}

func strangeMembers(base object) []variant {
	whole := base.text()
	inner := whole[1 : len(whole)-1]
	list := []variant{
		asJSON("an unknown member", base.with("x-conformance", `{"a":[1,null]}`)),
		asJSON("a member without a name", base.with("", "1")),
		asJSON("the member __proto__", base.with("__proto__", `{"admin":true}`)),
		asJSON("the member constructor", base.with("constructor", `{"prototype":{"a":1}}`)),
		asJSON("members named toString and hasOwnProperty", `{"toString":1,"hasOwnProperty":1,`+inner+"}"),
		asJSON("every member twice", "{"+inner+","+inner+"}"),
		asJSON("1,000 unknown members", "{"+inner+manyMembers(1000)+"}"),
	}
	for _, name := range slices.Sorted(maps.Keys(base)) {
		list = append(list, asJSON("the member "+name+" in other letters", base.with(strings.ToUpper(name), base[name])))
	}
	return list
}

func manyMembers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"x%d":0`, i)
	}
	return b.String()
}

func contentTypes(base object) []variant {
	body := []byte(base.text())
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

// utf16 is the text in UTF-16, low byte first, with its mark.
func utf16(s string) string {
	var b bytes.Buffer
	b.WriteString("\xff\xfe")
	for i := range len(s) {
		b.Write([]byte{s[i], 0}) // bodies of the document are ASCII
	}
	return b.String()
}
