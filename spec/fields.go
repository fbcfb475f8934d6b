package spec

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// fieldForms are the grammars of fields that HTTP defines: a sender must not send a value
// that does not match (RFC 9110 section 2.2). Fields that proxies write are left out, and
// those whose recipients tolerate malformed values.
var fieldForms = []fieldForm{
	{"ETag", `an entity tag in quotes, such as "a1" or W/"a1"`, regexp.MustCompile(`^(W/)?"[!\x23-\x7e\x80-\x{10ffff}]*"$`).MatchString},
	{"Last-Modified", "a date of HTTP, such as Sun, 06 Nov 1994 08:49:37 GMT", isDate},
	{"Retry-After", "seconds or a date of HTTP", func(v string) bool { return digits.MatchString(v) || isDate(v) }},
	{"Location", "a URI reference", isReference},
	{"Allow", "names of methods with commas between them", tokens},
	{"Vary", "names of fields with commas between them, or *", tokens},
	{"Accept-Ranges", "units of ranges", tokens},
	{"Content-Language", "tags of languages", regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*(\s*,\s*[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)*$`).MatchString},
	{"Link", "addresses in angle brackets, each with its parameters", regexp.MustCompile(`^<[^>]*>`).MatchString},
}

type fieldForm struct {
	name, want string
	is         func(string) bool
}

var digits = regexp.MustCompile(`^[0-9]+$`)

func isDate(v string) bool {
	_, err := http.ParseTime(v)
	return err == nil
}

// isReference reports whether a value may be a URI reference: it contains none of the
// characters that must be escaped and that programs forget to escape.
func isReference(v string) bool {
	return !strings.ContainsFunc(v, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"<>`, r) })
}

var token = regexp.MustCompile("^[!#$%&'*+\\-.^_`|~0-9A-Za-z]+$")

// tokens reports whether a value is a list of tokens, possibly empty.
func tokens(v string) bool {
	for part := range strings.SplitSeq(v, ",") {
		if part = strings.TrimSpace(part); part != "" && !token.MatchString(part) {
			return false
		}
	}
	return true
}

// hasFields reports whether the header fields of a response are those of the API. A
// response without any of them exercises the rule as well.
func (k *Judgement) hasFields() bool {
	return k.op != nil && !k.foreign && !k.c.Unbound("HTTP-FIELD-001")
}

func (k *Judgement) checkFields() {
	for _, f := range fieldForms {
		for _, v := range k.ex.Response.Header.Values(f.name) {
			if !f.is(strings.TrimSpace(v)) {
				k.Report("HTTP-FIELD-001", InPart("header "+f.name), "form", f.want, strconv.Quote(v))
				break
			}
		}
	}
}

var contentRange = regexp.MustCompile(`^bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)$`)

// isPart reports whether a response is partial content or refuses a range.
func (k *Judgement) isPart() bool {
	r := k.ex.Response
	if k.c.Unbound("HTTP-RANGE-001") {
		return false
	}
	return r.Status == http.StatusPartialContent || r.Status == http.StatusRequestedRangeNotSatisfiable && r.Header.Get("Content-Range") != ""
}

// checkRange checks Content-Range of partial content: present, well-formed, and as long
// as the body. Other units and multipart ranges are not judged.
func (k *Judgement) checkRange() {
	r := k.ex.Response
	field := r.Header.Get("Content-Range")
	report := func(where, keyword, want, got string) {
		k.Report("HTTP-RANGE-001", InPart(where), keyword, want, got)
	}
	unit, _, _ := strings.Cut(field, " ")
	m := contentRange.FindStringSubmatch(field)
	switch {
	case r.Status == http.StatusRequestedRangeNotSatisfiable:
		if unit == "bytes" && !regexp.MustCompile(`^bytes \*/[0-9]+$`).MatchString(field) {
			report("header Content-Range", "form", "the length of what there is, such as bytes */47", strconv.Quote(field))
		}
		return
	case strings.HasPrefix(mediaName(r.Header.Get("Content-Type")), "multipart/byteranges"):
		return
	case field == "":
		report("header Content-Range", "required", "the range that the part is", "no such header")
		return
	case m == nil:
		if unit == "bytes" || !token.MatchString(unit) || unit == field {
			report("header Content-Range", "form", "a range such as bytes 0-3/47", strconv.Quote(field))
		}
		return
	}
	first, _ := strconv.ParseInt(m[1], 10, 64) // at most 18 digits
	last, _ := strconv.ParseInt(m[2], 10, 64)
	whole, err := strconv.ParseInt(m[3], 10, 64)
	switch length := int64(len(r.Body)); {
	case last < first || err == nil && last >= whole:
		report("header Content-Range", "range", "a range within what there is", strconv.Quote(field))
	case !k.bodiless() && !r.BodyUnknown && r.Header.Get("Content-Encoding") == "" && length != last-first+1:
		report("body", "length", strconv.FormatInt(last-first+1, 10)+" bytes, as Content-Range says", strconv.FormatInt(length, 10)+" bytes")
	}
}
