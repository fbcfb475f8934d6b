package spec

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// checkHeaders judges the documented response headers: present where required, sent once,
// of the documented type. Optional headers are judged if present.
func (k *Judgement) checkHeaders() {
	r := k.described().response
	if r == nil {
		return
	}
	for _, h := range r.headers {
		k.checkHeader(h, k.ex.Response.Header.Values(h.name), InPart("header "+h.name))
	}
}

func (k *Judgement) checkHeader(h header, values []string, p Place) {
	switch {
	case len(values) == 0 && h.required:
		k.headerFinding(h, p, "required", "the header "+h.name, "no such header")
	case len(values) == 0:
	case h.schema != nil && !h.content && h.schema.form.IsList():
		k.headerValue(h, p, h.schema.form.Simple(values, h.explode), strings.Join(values, ","))
	case len(values) > 1 && isListField(h.name):
		if h.schema != nil && !h.content && !strings.EqualFold(h.name, "Set-Cookie") {
			joined := strings.Join(values, ", ")
			k.headerValue(h, p, h.schema.form.Simple([]string{joined}, h.explode), joined)
		}
	case slices.ContainsFunc(values, func(v string) bool { return v != values[0] }):
		k.headerFinding(h, p, "once", "one value", quoteAll(values))
	case h.content:
		value, faults, ok := jsontext.Decode([]byte(values[0]))
		if !ok || len(faults) > 0 {
			k.headerFinding(h, p, "syntax", "one complete JSON text", strconv.Quote(values[0]))
		} else if h.schema != nil {
			k.headerValue(h, p, value, values[0])
		}
	case h.schema != nil:
		k.headerValue(h, p, h.schema.form.Simple(values, h.explode), values[0])
	}
}

// headerValue judges a value parsed from text. If the schema also allows a string, the
// text itself may be meant; and where it wants an object, many send JSON, although only
// content says so.
func (k *Judgement) headerValue(h header, p Place, value any, text string) {
	list := h.schema.breaches(h.schema.must, value)
	if len(list) == 0 || h.schema.form.Types["string"] && len(h.schema.breaches(h.schema.must, text)) == 0 {
		return
	}
	if written, faults, ok := jsontext.Decode([]byte(text)); ok && len(faults) == 0 && isObject(written) {
		if list = h.schema.breaches(h.schema.must, written); len(list) == 0 {
			return
		}
	}
	k.headerFinding(h, p, list[0].keyword, list[0].want, strconv.Quote(text))
}

func isObject(v any) bool {
	_, ok := v.(map[string]any)
	return ok
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

// isListField reports whether a header field may appear on several lines: list fields
// (RFC 9110 section 5.3), and Set-Cookie.
func isListField(name string) bool {
	switch name = strings.ToLower(name); name {
	case "set-cookie", "link", "vary", "via", "allow", "cache-control", "connection", "content-encoding", "content-language",
		"www-authenticate", "proxy-authenticate", "accept-ranges", "server-timing", "warning", "upgrade", "trailer", "pragma", "x-forwarded-for",
		"access-control-allow-methods", "access-control-allow-headers", "access-control-expose-headers":
		return true
	}
	return strings.HasPrefix(name, "accept-")
}
