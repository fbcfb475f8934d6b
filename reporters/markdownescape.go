package reporters

import (
	"fmt"
	"regexp"
	"strings"
)

// www is what GitHub makes a link of without being asked.
var www = regexp.MustCompile(`(?i)(www)\.`)

// md escapes a text: what is left of it reads as it is.
func md(s string) string {
	var b strings.Builder
	for _, r := range www.ReplaceAllString(line(s, 1000), "$1\u2060.") {
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

// code is a code span that ends where it should, also in a table.
func code(s string) string {
	s = strings.ReplaceAll(line(s, placeLimit), "|", "¦")
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

// block4 is a code block; its fence is longer than any in the text.
func block4(s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + "text\n" + s + "\n" + fence
}

// htmlText is a text inside an element in Markdown, where Markdown's characters
// mean something too.
func htmlText(s string) string {
	var b strings.Builder
	for _, r := range line(s, valueLimit) {
		if r < 0x80 && !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == ' ' || r == '.' || r == ',' || r == '/') {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
