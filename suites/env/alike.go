package env

import (
	"bytes"
	"maps"
	"mime"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// alike reports whether two answers say the same to different questions. A success is
// the same where it has the same members, whatever their values are, an error where it
// has the same words besides: an API has one form for all of its errors.
func alike(a, b spec.Exchange) bool {
	return a.Response != nil && b.Response != nil && a.Response.Status == b.Response.Status &&
		mediaType(a) == mediaType(b) && said(a) == said(b)
}

// said is what a body says: without the path that was asked for, and without numbers,
// times and ids.
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

// form is the form of a JSON value: the names of members, and what of its strings said
// returns. Rows of a list count by what is in them, however many there are.
func form(v any, said func(string) string) string {
	var parts []string
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, name+":"+form(v[name], said))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		for _, row := range v {
			parts = append(parts, form(row, said))
		}
		slices.Sort(parts)
		return "[" + strings.Join(slices.Compact(parts), ",") + "]"
	case string:
		return said(v)
	}
	return ""
}

var (
	// token is a word that no language has: an id, or a time.
	token  = regexp.MustCompile(`[A-Za-z0-9+/=_.:-]*[0-9][A-Za-z0-9+/=_.:-]*|[A-Za-z0-9+/=_-]{24,}`)
	spaces = regexp.MustCompile(`\s+`)
)

// words is a text without what differs between answers that say the same.
func words(s string, r spec.Request) string {
	path := strings.TrimPrefix(r.Path(), "/")
	plain, err := url.PathUnescape(path)
	if err != nil {
		plain = path
	}
	for _, p := range []string{path, plain} {
		if p != "" {
			s = regexp.MustCompile(`(^|\W)`+regexp.QuoteMeta(p)+`(\W|$)`).ReplaceAllString(s, "$1*$2")
		}
	}
	return spaces.ReplaceAllString(token.ReplaceAllString(s, "0"), " ")
}

// mediaType is the media type of an answer without parameters, as it is where it is none.
func mediaType(ex spec.Exchange) string {
	text := ex.Response.Header.Get("Content-Type")
	if name, _, err := mime.ParseMediaType(text); err == nil {
		return name
	}
	name, _, _ := strings.Cut(text, ";")
	return strings.ToLower(strings.TrimSpace(name))
}
