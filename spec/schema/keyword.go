package schema

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// keyword writes one keyword if its value is valid, and reports it otherwise. Annotations
// are left out.
func (w *writer) keyword(at string, key, n *document.Node, out map[string]any, secret map[string]bool) {
	name := key.Value
	below := at + "/" + document.Escape(name)
	if _, twice := out[name]; twice {
		return // the first one counts, see document.CheckReferences
	}
	ok := true
	switch name {
	case "not", "if", "then", "else", "contains", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames":
		if name == "not" || name == "if" || name == "contains" || name == "propertyNames" {
			secret = nil
		}
		out[name] = w.schema(below, n, inherited(name, secret))
	case "items":
		w.items(below, n, out)
	case "allOf", "anyOf", "oneOf", "prefixItems":
		ok = w.list(name, below, n, out, secret)
	case "properties", "patternProperties", "dependentSchemas", "$defs", "definitions":
		ok = w.named(name, below, n, out)
	case "type":
		ok = w.types(below, n, out)
	case "enum":
		if ok = n.Kind == document.Sequence && len(n.Content) > 0; ok {
			out[name] = document.Plain(n)
		}
	case "const":
		out[name] = document.Plain(n)
	case "required":
		ok = w.required(below, n, out, secret)
	case "minimum", "maximum", "multipleOf":
		ok = w.number(name, n, out)
	case "exclusiveMinimum", "exclusiveMaximum":
		ok = w.exclusive(below, name, n, out)
	case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains":
		ok = w.count(name, n, out)
	case "uniqueItems":
		v, _ := document.Value(n)
		if _, ok = v.(bool); ok {
			out[name] = v
		}
	case "pattern":
		ok = w.pattern(below, n, out)
	case "format":
		if ok = isText(n); ok {
			out[name] = n.Value
		}
	case "dependentRequired":
		if ok = n.Kind == document.Mapping; ok {
			out[name] = document.Plain(n)
		}
	default:
		w.hint(name, n, out)
	}
	if !ok {
		w.bad(below, key.Line, "%s: %s is no value of this keyword: it is ignored", name, brief(n))
	}
}

// hint writes a keyword that OpenAPI adds or that names a schema. Invalid values and all
// other keywords are left out without a report.
func (w *writer) hint(name string, n *document.Node, out map[string]any) {
	switch name {
	case "writeOnly", "readOnly":
		if v, _ := document.Value(n); v == true {
			out[name] = true
		}
	case "discriminator":
		if n.Kind == document.Mapping {
			out[name] = document.Plain(n)
		}
	case "$dynamicRef", "$dynamicAnchor", "$anchor", "$id":
		if w.dynamic {
			out[name] = n.Value
		}
	}
}

// inherited returns the write-only names that apply below a keyword: only those for the
// same value.
func inherited(name string, secret map[string]bool) map[string]bool {
	if name == "then" || name == "else" {
		return secret
	}
	return nil
}

func isText(n *document.Node) bool {
	v, _ := document.Value(n)
	_, ok := v.(string)
	return n.Kind == document.Scalar && ok
}

func (w *writer) items(at string, n *document.Node, out map[string]any) {
	if n.Kind != document.Sequence {
		out["items"] = w.schema(at, n, nil)
		return
	}
	var list []any // a tuple of drafts before 2020-12
	for i, c := range n.Content {
		list = append(list, w.schema(at+"/"+strconv.Itoa(i), c, nil))
	}
	if len(list) > 0 {
		out["prefixItems"] = list
	}
}

func (w *writer) list(name, at string, n *document.Node, out map[string]any, secret map[string]bool) bool {
	if n.Kind != document.Sequence || len(n.Content) == 0 {
		return false
	}
	if name == "prefixItems" {
		secret = nil
	}
	var list []any
	for i, c := range n.Content {
		list = append(list, w.schema(at+"/"+strconv.Itoa(i), c, secret))
	}
	out[name] = list
	return true
}

func (w *writer) named(name, at string, n *document.Node, out map[string]any) bool {
	if n.Kind != document.Mapping {
		return false
	}
	m := make(map[string]any, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if name == "patternProperties" {
			if _, err := ECMA(key.Value); err != nil {
				w.d.Report(document.Problem{ID: "DOC-PATTERN-001", Line: key.Line, Pointer: at, Text: "pattern " + strconv.Quote(key.Value) + " does not compile: it is ignored"})
				continue
			}
		}
		if _, twice := m[key.Value]; !twice {
			m[key.Value] = w.schema(at+"/"+document.Escape(key.Value), n.Content[i+1], nil)
		}
	}
	out[name] = m
	return true
}

func (w *writer) types(at string, n *document.Node, out map[string]any) bool {
	nodes := []*document.Node{n}
	if n.Kind == document.Sequence {
		nodes = n.Content
	}
	known := []string{"null", "boolean", "object", "array", "number", "string", "integer"}
	var list []any
	for _, t := range nodes {
		switch {
		case slices.Contains(known, t.Value):
			if !slices.Contains(list, any(t.Value)) {
				list = append(list, t.Value)
			}
		case t.Value == "" || t.Kind != document.Scalar:
			return false
		default:
			w.bad(at, t.Line, "type %q is none of JSON Schema: it is ignored", t.Value)
			return true // any type may be meant
		}
	}
	if len(list) == 0 {
		return false
	}
	if out["type"] = list; len(list) == 1 {
		out["type"] = list[0]
	}
	return true
}

func (w *writer) required(at string, n *document.Node, out map[string]any, secret map[string]bool) bool {
	if n.Kind != document.Sequence {
		return false
	}
	list := []any{}
	for _, c := range n.Content {
		switch {
		case c.Kind != document.Scalar:
			return false
		case slices.Contains(list, any(c.Value)):
			w.bad(at, c.Line, "required names %q twice", c.Value)
		case !secret[c.Value]:
			list = append(list, c.Value)
		}
	}
	out["required"] = list
	return true
}

func (w *writer) number(name string, n *document.Node, out map[string]any) bool {
	v, _ := document.Value(n)
	number, ok := v.(json.Number)
	if ok && name == "multipleOf" {
		r, parsed := new(big.Rat).SetString(number.String())
		ok = parsed && r.Sign() > 0
	}
	if ok {
		out[name] = number
	}
	return ok
}

// exclusive writes a bound: a number, or the boolean of OpenAPI 3.0, which bounds
// converts later.
func (w *writer) exclusive(at, name string, n *document.Node, out map[string]any) bool {
	v, _ := document.Value(n)
	switch v.(type) {
	case json.Number:
		out[name] = v
	case bool:
		out[name] = v
		if !w.legacy {
			w.bad(at, n.Line, "%s is a number in OpenAPI 3.1: %s is read as OpenAPI 3.0 has it", name, n.Value)
		}
	default:
		return false
	}
	return true
}

// bounds converts exclusiveMinimum: true beside minimum: 1 into exclusiveMinimum: 1.
func bounds(out map[string]any) {
	for name, bound := range map[string]string{"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"} {
		exclusive, ok := out[name].(bool)
		if !ok {
			continue
		}
		delete(out, name)
		if b, there := out[bound]; exclusive && there {
			out[name] = b
			delete(out, bound)
		}
	}
}

func (w *writer) count(name string, n *document.Node, out map[string]any) bool {
	v, _ := document.Value(n)
	number, ok := v.(json.Number)
	if !ok {
		return false
	}
	r, parsed := new(big.Rat).SetString(number.String())
	if !parsed || !r.IsInt() || r.Sign() < 0 || !r.Num().IsInt64() {
		return false
	}
	out[name] = json.Number(strings.TrimSpace(r.Num().String()))
	return true
}

func (w *writer) pattern(at string, n *document.Node, out map[string]any) bool {
	if n.Kind != document.Scalar {
		return false
	}
	if _, err := ECMA(n.Value); err != nil {
		w.d.Report(document.Problem{ID: "DOC-PATTERN-001", Line: n.Line, Pointer: at, Text: "pattern " + strconv.Quote(n.Value) + " does not compile: it is ignored"})
		return true
	}
	out["pattern"] = n.Value
	return true
}
