package escape

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Responses of a target count as hostile. All that reports show of them passes through
// Line or Lines, which leave nothing that controls a terminal, reorders text, or is
// forbidden in XML 1.0:
//
//   - printable characters, in the sense of [unicode.IsPrint], are kept;
//   - line feed, carriage return and tab become \n, \r and \t;
//   - other characters become \xNN, \uNNNN or \UNNNNNNNN;
//   - bytes that are not UTF-8 become \xNN.
//
// A backslash stays one backslash: the bodies of a result are already escaped.

// limits of single values, in characters.
const (
	ValueLimit = 300  // want, got, sources
	PlaceLimit = 300  // operations, locations, names
	CurlLimit  = 4000 // commands, where there is no room for all
	Unlimited  = 1 << 30
)

// Line returns s as one line of at most limit characters. A longer text is cut and
// followed by its original length.
func Line(s string, limit int) string {
	suffix := ""
	if utf8.RuneCountInString(s) > limit {
		suffix = fmt.Sprintf("… (%d characters)", utf8.RuneCountInString(s))
	}
	out, whole := escape(s, limit-utf8.RuneCountInString(suffix), "")
	if suffix == "" && !whole {
		// Only the escapes make it too long.
		suffix = fmt.Sprintf("… (%d characters)", utf8.RuneCountInString(s))
		out, _ = escape(s, limit-utf8.RuneCountInString(suffix), "")
	}
	return out + suffix
}

// ShellCommand returns the command of an exchange unchanged: a command is one line of
// printable characters, and only foreign files need escapes. A command longer than limit
// is not cut, because half a command is useless: the result says where to find it.
func ShellCommand(curl string, limit int) string {
	if n := utf8.RuneCountInString(curl); n > limit {
		return fmt.Sprintf("# too long for this place with %d characters: it stands whole in report.json and in the HTML page", n)
	}
	return Line(curl, Unlimited)
}

// Lines returns s with its line feeds and tabs kept and everything else escaped.
func Lines(s string) string {
	out, _ := escape(s, -1, "\n\t")
	return out
}

// escape escapes s up to limit characters of output, -1 for all of it, and reports
// whether everything fit. It never cuts an escape.
func escape(s string, limit int, keep string) (string, bool) {
	var b strings.Builder
	b.Grow(min(len(s), 4096))
	n := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		unit := s[:size]
		if !strings.ContainsRune(keep, r) || r == utf8.RuneError {
			unit = escapeRune(r, s[:size])
		}
		n += utf8.RuneCountInString(unit)
		if limit >= 0 && n > limit {
			return b.String(), false
		}
		b.WriteString(unit)
		s = s[size:]
	}
	return b.String(), true
}

func escapeRune(r rune, raw string) string {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case unicode.IsPrint(r):
		return raw
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < utf8.RuneSelf:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xFFFF:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// Middle shortens s to width characters by omitting its middle: both ends of an operation
// or a spec name are informative. A width of 0 leaves it whole.
func Middle(s string, width int) string {
	r := []rune(s)
	if width <= 0 || len(r) <= width {
		return s
	}
	if width == 1 {
		return "…"
	}
	head := (width - 1) / 2
	tail := width - 1 - head
	return string(r[:head]) + "…" + string(r[len(r)-tail:])
}

// Wrap breaks s at spaces into lines of at most width characters, and indents each line
// after the first by indent, which does not count. A longer word gets its own line. A
// width of 0 leaves s whole.
func Wrap(s string, width int, indent string) string {
	if width <= 0 {
		return s
	}
	var b strings.Builder
	used := 0
	for i, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case used+1+n > width:
			b.WriteString("\n" + indent)
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}
