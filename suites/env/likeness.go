package env

import (
	"bytes"
	"mime"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// A likeness is what the responses to one read have in common for as long as the target
// is the same. It is passed between processes as JSON.
type likeness struct {
	Kind  string // see [kindOf]
	First string // how JSON of a success begins: the name of a property, or "[" for a list; "" if unknown
}

func likenessOf(ex spec.Exchange) likeness { return likeness{kindOf(ex), beginning(ex)} }

// fits reports whether a response is like those before.
func (l likeness) fits(ex spec.Exchange) bool { return l.Kind == kindOf(ex) && l.begins(ex) }

// begins reports whether JSON has the property with which those before began: names come
// in any order, so that all of it is read before it is said to have none.
func (l likeness) begins(ex spec.Exchange) bool {
	first := beginning(ex)
	if l.First == "" || l.First == empty || first == "" || l.First == first {
		return true
	}
	v, ok := jsontext.Value(ex.Response.Body)
	if !ok {
		return true
	}
	object, _ := v.(map[string]any)
	_, has := object[l.First]
	return has
}

// empty is how JSON begins that has nothing: an object without properties, or null.
const empty = "{}"

// beginning returns the name of the first property of a JSON object, "[" for a list, empty
// for nothing, or "" if there is none of these, as in an error. It is called for every
// read, so it reads no further.
func beginning(ex spec.Exchange) string {
	if status(ex)/100 != 2 || ex.Response.ReadFailure != "" || len(ex.Response.Body) > largeAnswer {
		return ""
	}
	if name, _, _ := mime.ParseMediaType(ex.Response.Header.Get("Content-Type")); !strings.HasSuffix(name, "json") {
		return ""
	}
	body := bytes.TrimLeft(ex.Response.Body, " \t\r\n")
	if bytes.HasPrefix(body, []byte("[")) {
		return "["
	}
	body, object := bytes.CutPrefix(body, []byte("{"))
	if object && bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("}")) || bytes.Equal(bytes.TrimSpace(body), []byte("null")) {
		return empty
	}
	body, text := bytes.CutPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte(`"`))
	name, _, ends := bytes.Cut(body, []byte(`"`))
	if !object || !text || !ends || bytes.ContainsRune(name, '\\') {
		return ""
	}
	return string(name)
}
