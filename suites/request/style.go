package request

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/content"
)

// A pair is a name and a value of a query, form or cookie.
type pair struct{ name, value string }

// escape percent-encodes a text for a path: everything but unreserved characters (RFC
// 3986 section 2.3).
func escape(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
}

// literal percent-encodes the characters of a path template that a URL cannot contain
// (RFC 3986 section 2). Expressions and existing percent-encoding are kept.
func literal(template string) string {
	var b strings.Builder
	expression := false
	for _, c := range []byte(template) {
		expression = c == '{' || expression && c != '}'
		if !expression && (c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`|", c) >= 0) {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// members returns the properties of o, sorted by name.
func members(o map[string]any) (list []pair) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		list = append(list, pair{name, plain(o[name])})
	}
	return list
}

// simple encodes a value for a path or header (OpenAPI, Style Values). The style
// determines the prefix, and the separators of parts and of names and values.
func simple(p spec.Input, v any, escape func(string) string) string {
	prefix, sep := "", ","
	switch p.Style {
	case "label":
		prefix, sep = ".", "."
		if !p.Explode {
			sep = "," // 3.1: all readers understand ".3,4,5"; "." separates only since 3.1.1
		}
	case "matrix":
		prefix, sep = ";", ","
		if p.Explode {
			sep = ";"
		}
	}
	named := p.Style == "matrix"
	var parts []string
	switch x := v.(type) {
	case []any:
		for _, item := range x {
			part := escape(plain(item))
			if named && p.Explode {
				part = escape(p.Name) + "=" + part
			}
			parts = append(parts, part)
		}
	case map[string]any:
		for _, m := range members(x) {
			if p.Explode {
				parts = append(parts, escape(m.name)+"="+escape(m.value))
			} else {
				parts = append(parts, escape(m.name), escape(m.value))
			}
		}
		named = named && !p.Explode
	default:
		text := escape(plain(v))
		if named {
			text = escape(p.Name) + "=" + text
		}
		return prefix + text
	}
	text := strings.Join(parts, sep)
	if _, list := v.([]any); named && !(list && p.Explode) {
		text = escape(p.Name) + "=" + text
	}
	return prefix + text
}

// pairs encodes a value for a query, form or cookie (OpenAPI, Style Values). The values are
// escaped, the names are not. An empty list is none (RFC 6570 section 2.3).
func pairs(name, style string, explode bool, v any, escape func(string) string) (list []pair) {
	sep := map[string]string{"spaceDelimited": escape(" "), "pipeDelimited": escape("|")}[style]
	switch x := v.(type) {
	case []any:
		var items []string
		for _, item := range x {
			items = append(items, escape(plain(item)))
		}
		if explode && sep == "" {
			for _, item := range items {
				list = append(list, pair{name, item})
			}
			return list
		}
		if len(items) == 0 {
			return nil
		}
		return []pair{{name, strings.Join(items, cmp.Or(sep, ","))}}
	case map[string]any:
		if style == "deepObject" {
			return deep(name, x, escape)
		}
		var parts []string
		for _, m := range members(x) {
			list = append(list, pair{m.name, escape(m.value)})
			parts = append(parts, escape(m.name), escape(m.value))
		}
		if explode && sep == "" {
			return list
		}
		return []pair{{name, strings.Join(parts, cmp.Or(sep, ","))}}
	}
	return []pair{{name, escape(plain(v))}}
}

// deep encodes an object as name[property]=value, and nested values likewise.
func deep(name string, o map[string]any, escape func(string) string) (list []pair) {
	for _, key := range slices.Sorted(maps.Keys(o)) {
		below := name + "[" + key + "]"
		switch x := o[key].(type) {
		case map[string]any:
			list = append(list, deep(below, x, escape)...)
		case []any:
			for _, item := range x {
				list = append(list, pair{below, escape(plain(item))})
			}
		default:
			list = append(list, pair{below, escape(plain(x))})
		}
	}
	return list
}

// reserved holds the characters that allowReserved leaves unescaped, without those that
// would end the query or a parameter.
const reserved = ":/?@!$'()*,;"

// query returns the encoded query.
func (d Draft) query() string {
	var parts []string
	for _, p := range d.Inputs.Parameters {
		v, ok := d.values[InputName(p)]
		if !ok || p.In != "query" && p.In != "querystring" {
			continue
		}
		if p.In == "querystring" {
			parts = append(parts, whole(p, v))
			continue
		}
		write := escape
		if p.AllowReserved {
			write = unescapedReserved
		}
		list := []pair{{p.Name, write(contentText(p, v))}}
		if p.Media == "" {
			list = pairs(p.Name, p.Style, p.Explode, v, write)
		}
		for _, x := range list {
			parts = append(parts, escape(x.name)+"="+x.value)
		}
	}
	return strings.Join(parts, "&")
}

// whole encodes a query that is one value (OpenAPI 3.2, in: querystring): the fields of a
// form, or the text of another media type.
func whole(p spec.Input, v any) string {
	o, isObject := v.(map[string]any)
	if !isObject || p.Media != "application/x-www-form-urlencoded" {
		return escape(contentText(p, v))
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(o)) {
		for _, x := range pairs(name, "form", true, o[name], url.QueryEscape) {
			parts = append(parts, url.QueryEscape(x.name)+"="+x.value)
		}
	}
	return strings.Join(parts, "&")
}

func unescapedReserved(s string) string { return unescapeReserved(escape(s)) }

func unescapeReserved(s string) string {
	for _, r := range reserved {
		s = strings.ReplaceAll(s, url.QueryEscape(string(r)), string(r))
	}
	return s
}

// contentText encodes a parameter with content in its media type. A text is written as it
// is, unless the type is JSON.
func contentText(p spec.Input, v any) string {
	name, _, _ := strings.Cut(strings.ToLower(p.Media), ";")
	name = strings.TrimSpace(name)
	if text, ok := v.(string); ok && !content.IsJSON(name) {
		return text
	}
	return jsonText(v)
}

// jsonText returns v as JSON.
func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return plain(v)
	}
	return string(text)
}
