package env

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"mime"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// alike reports whether responses to different requests say the same. Successes need the
// same properties, whatever their values; errors also the same wording, because an API
// uses one form for all of its errors.
func alike(a, b spec.Exchange) bool {
	return sameKind(a, b) && said(a) == said(b)
}

// sameKind reports whether both requests were answered, with the same status and media
// type.
func sameKind(a, b spec.Exchange) bool {
	return a.Response != nil && b.Response != nil && a.Response.Status == b.Response.Status && mediaType(a) == mediaType(b)
}

// digest returns a hash of what [said] returns, which may be megabytes.
func digest(ex spec.Exchange) string {
	sum := sha256.Sum256([]byte(said(ex)))
	return string(sum[:])
}

// said returns the normalized content of a body, without the requested path and query,
// numbers, times and ids.
func said(ex spec.Exchange) string {
	body := bytes.TrimSpace(ex.Response.Body)
	v, ok := jsontext.Value(body)
	if !ok {
		return words(string(body), ex.Request)
	}
	return form(v, func(s string) string {
		if ex.Response.Status/100 == 2 {
			return ""
		}
		return words(s, ex.Request)
	})
}

// form returns the structure of a JSON value: its property names, and what said returns
// for its strings. Equal rows of a list count once.
func form(v any, said func(string) string) string {
	switch v := v.(type) {
	case map[string]any:
		parts := make([]string, 0, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, name+":"+form(v[name], said))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		rows := map[string]bool{} // few, of however many
		for _, row := range v {
			rows[form(row, said)] = true
		}
		return "[" + strings.Join(slices.Sorted(maps.Keys(rows)), ",") + "]"
	case string:
		return said(v)
	}
	return ""
}

var (
	// token matches a word of no natural language: an id or a time.
	token  = regexp.MustCompile(`[A-Za-z0-9+/=_.:-]*[0-9][A-Za-z0-9+/=_.:-]*|[A-Za-z0-9+/=_-]{24,}`)
	spaces = regexp.MustCompile(`\s+`)
)

// words returns s without the parts that differ between responses that say the same.
func words(s string, r spec.Request) string {
	if r.URL != nil && r.URL.RawQuery != "" {
		for _, q := range spelled(r.URL.RawQuery, url.QueryUnescape) {
			s = strings.ReplaceAll(s, "?"+q, "")
		}
	}
	for _, p := range spelled(strings.TrimPrefix(r.Path(), "/"), url.PathUnescape) {
		switch {
		case p == "":
		case utf8.ValidString(p):
			s = regexp.MustCompile(`(^|\W)`+regexp.QuoteMeta(p)+`(\W|$)`).ReplaceAllString(s, "$1*$2")
		default: // no pattern has such text
			s = strings.ReplaceAll(s, p, "*")
		}
	}
	return spaces.ReplaceAllString(token.ReplaceAllString(s, "0"), " ")
}

// spelled returns an escaped part of a URL as it is, and unescaped.
func spelled(part string, unescape func(string) (string, error)) []string {
	plain, err := unescape(part)
	if err != nil {
		return []string{part}
	}
	return []string{part, plain}
}

// mediaType returns the media type without parameters, or the raw text if it does not
// parse.
func mediaType(ex spec.Exchange) string {
	text := ex.Response.Header.Get("Content-Type")
	if name, _, err := mime.ParseMediaType(text); err == nil {
		return name
	}
	name, _, _ := strings.Cut(text, ";")
	return strings.ToLower(strings.TrimSpace(name))
}
