package markdown

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hostup/api-conformance/reporters/internal/escape"
)

// www is what GitHub makes a link of without being asked.
var www = regexp.MustCompile(`(?i)(www)\.`)

// Text escapes a text: what is left of it reads as it is.
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
			b.WriteString("\u2060") // word joiner: shows nothing, breaks the name
		case strings.ContainsRune("\\`*_{}[]()+-!|~:", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Code is a code span that ends where it should, also in a table.
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

// Block is a code block; its fence is longer than any in the text.
func Block(s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + "text\n" + s + "\n" + fence
}

// HTML is a text inside an element in Markdown, where Markdown's characters
// mean something too.
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
