package markdown

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hostup/api-conformance/reporters/internal/escape"
)

// www matches what GitHub turns into a link by itself.
var www = regexp.MustCompile(`(?i)(www)\.`)

// Text escapes a text so that it reads as it is.
func Text(s string) string {
	var b strings.Builder
	for _, r := range www.ReplaceAllString(escape.Line(s, 1000), "$1\u2060.") {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '@' || r == '#': // mentions and references
			b.WriteRune(r)
			b.WriteString("\u2060") // word joiner: invisible, breaks the name
		case strings.ContainsRune("\\`*_{}[]()+-!|~:", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Code returns a code span that no text can break out of, also in a table.
func Code(s string) string {
	s = strings.ReplaceAll(escape.Line(s, escape.PlaceLimit), "|", "¦")
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	pad := ""
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.TrimSpace(s) != s || s == "" {
		pad = " "
	}
	return fence + pad + s + pad + fence
}

// Block returns a code block with a fence longer than any in the text.
func Block(s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + "text\n" + s + "\n" + fence
}

// HTML escapes a text for an element within Markdown, where Markdown's characters are
// significant as well.
func HTML(s string) string {
	var b strings.Builder
	for _, r := range escape.Line(s, escape.ValueLimit) {
		if r < 0x80 && !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == ' ' || r == '.' || r == ',' || r == '/') {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
