package spec

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	integerForm = regexp.MustCompile(`^-?[0-9]+$`) // "030" is 30: RFC 9110 says digits, JSON does not come into it
	numberForm  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$`)
)

// checkHeaders judges the response headers that the document describes: present
// where required, sent once, of the documented type. A header that is optional
// is judged when it is there.
func (k *Judgement) checkHeaders() {
	r, ok := k.c.answer(k.op, k.ex.Response.Status)
	if !ok {
		return
	}
	for _, h := range r.headers {
		values := k.ex.Response.Header.Values(h.name)
		p := InPart("header " + h.name)
		switch {
		case len(values) == 0 && h.required:
			k.headerFinding(h, p, "required", "the header "+h.name, "no such header")
		case len(values) == 0:
		case h.schema != nil && !h.content && h.schema.hint.isList():
			k.headerValue(h, p, h.schema.hint.simple(values, h.explode), strings.Join(values, ","))
		case slices.ContainsFunc(values, func(v string) bool { return v != values[0] }):
			k.headerFinding(h, p, "once", "one value", quoteAll(values))
		case h.content:
			value, faults, ok := decodeText([]byte(values[0]))
			if !ok || len(faults) > 0 {
				k.headerFinding(h, p, "syntax", "one complete JSON text", strconv.Quote(values[0]))
			} else if h.schema != nil {
				k.headerValue(h, p, value, values[0])
			}
		case h.schema != nil:
			k.headerValue(h, p, h.schema.hint.simple(values, h.explode), values[0])
		}
	}
}

// headerValue judges a value that was read from text. A schema that takes a string as
// well may mean the text itself.
func (k *Judgement) headerValue(h header, p Place, value any, text string) {
	list := breaches(h.schema.must, value)
	if len(list) == 0 || slices.Contains(h.schema.hint.types, "string") && len(breaches(h.schema.must, text)) == 0 {
		return
	}
	k.headerFinding(h, p, list[0].keyword, list[0].want, strconv.Quote(text))
}

func (k *Judgement) headerFinding(h header, p Place, keyword, want, got string) {
	steps, line := lineOf(k.c.base.Root, h.pointer)
	id := annotation(steps, "x-requirement", keyword)
	if id == "" {
		id = "BODY-SCHEMA-001"
	}
	before := len(k.findings)
	k.Report(id, p, keyword, want, got)
	if len(k.findings) > before {
		k.findings[before].File, k.findings[before].Line = k.c.base.Name, line
	}
}

// quoteAll lists the values of a header that was sent more than once.
func quoteAll(values []string) string {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(" and ")
		}
		b.WriteString(strconv.Quote(v))
	}
	return b.String()
}

// typed reads a header value as the JSON type that its schema names; text that
// is no such value stays a string, so that the schema refuses it.
func typed(value string, types []string) any {
	for _, t := range types {
		switch {
		case (t == "integer" || t == "number") && integerForm.MatchString(value):
			digits, negative := strings.CutPrefix(value, "-")
			if digits = strings.TrimLeft(digits, "0"); digits == "" {
				return json.Number("0")
			}
			if negative {
				digits = "-" + digits
			}
			return json.Number(digits)
		case t == "number" && numberForm.MatchString(value):
			return json.Number(value)
		case t == "boolean" && (value == "true" || value == "false"):
			return value == "true"
		}
	}
	return value
}
