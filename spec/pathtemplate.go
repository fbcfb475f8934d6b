package spec

import (
	"net/url"
	"strings"
)

// A pathTemplate is a path of the document, split into segments (OpenAPI 3.1.1 section
// 4.8.2, Path Templating). A segment may mix literals and expressions: "v{n}",
// "{name}.csv", "{id}:cancel", "('{id}')".
type pathTemplate struct {
	segments []templateSegment
	literals int // characters of all literals
	concrete int // segments without an expression
}

// A templateSegment holds the literals between the expressions of a segment; the first
// and last may be empty: "{a}-{b}" is "", "-", "". A segment without an expression is a
// single literal.
type templateSegment []string

func parseTemplate(path string) pathTemplate {
	var t pathTemplate
	for segment := range strings.SplitSeq(path, "/") {
		s := parseSegment(segment)
		for _, literal := range s {
			t.literals += len(literal)
		}
		if len(s) == 1 {
			t.concrete++
		}
		t.segments = append(t.segments, s)
	}
	return t
}

func parseSegment(text string) (s templateSegment) {
	rest := text
	for {
		before, after, open := strings.Cut(rest, "{")
		_, behind, closed := strings.Cut(after, "}")
		if !open || !closed {
			return append(s, unescapeSegment(rest))
		}
		s = append(s, unescapeSegment(before))
		rest = behind
	}
}

// unescapeSegment undoes the percent-encoding of a segment, which is insignificant (RFC
// 3986 section 6.2.2); invalid encoding is returned as is.
func unescapeSegment(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// matches reports whether an unescaped segment matches: each expression stands for at
// least one character.
func (s templateSegment) matches(text string) bool {
	if len(s) == 1 {
		return text == s[0]
	}
	rest, ok := strings.CutPrefix(text, s[0])
	if !ok {
		return false
	}
	last := s[len(s)-1]
	for _, literal := range s[1 : len(s)-1] {
		if rest == "" {
			return false
		}
		i := strings.Index(rest[1:], literal)
		if i < 0 {
			return false
		}
		rest = rest[1+i+len(literal):]
	}
	return len(rest) > len(last) && strings.HasSuffix(rest, last)
}

// before compares templates; a negative result means that t is tried before u: more
// concrete segments first, then more literal text, then fewer expressions.
func (t pathTemplate) before(u pathTemplate) int {
	if t.concrete != u.concrete {
		return u.concrete - t.concrete
	}
	if t.literals != u.literals {
		return u.literals - t.literals
	}
	return t.expressions() - u.expressions()
}

func (t pathTemplate) expressions() (n int) {
	for _, s := range t.segments {
		n += len(s) - 1
	}
	return n
}
