package content

import (
	"net/http"
	"regexp"
	"strings"
)

// FieldForms returns the grammars of fields that HTTP defines: a sender must not send a value
// that does not match (RFC 9110 section 2.2). Fields that proxies write are left out, and
// those whose recipients tolerate malformed values. The list is shared and must not be
// modified.
func FieldForms() []FieldForm { return fieldForms }

var fieldForms = []FieldForm{
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

// A FieldForm is the form of the value of a header field.
type FieldForm struct {
	Name, Want string // Want describes the form
	Is         func(string) bool
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

// IsToken reports whether a text is a token (RFC 9110 section 5.6.2).
func IsToken(text string) bool { return token.MatchString(text) }

// tokens reports whether a value is a list of tokens, possibly empty.
func tokens(v string) bool {
	for part := range strings.SplitSeq(v, ",") {
		if part = strings.TrimSpace(part); part != "" && !IsToken(part) {
			return false
		}
	}
	return true
}
