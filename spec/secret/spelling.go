package secret

import (
	"strconv"
	"strings"
)

// escapings bounds the levels of nested escaping that are followed. Without a bound, 10
// MiB of backslashes would take quadratic time.
const escapings = 4

// A reading is a character that may be meant at a position, and where its spelling ends.
type reading struct {
	char byte
	end  int
}

// escapeBytes begin the escapes that readings knows.
const escapeBytes = "%&\\~=\xc2\xe2\xef"

var beginsEscape = [256]bool{'%': true, '&': true, '\\': true, '~': true, '=': true, 0xc2: true, 0xe2: true, 0xef: true}

// readings appends what may be meant at s[at]: the byte itself, and the character of an
// escape that begins there: percent-encoding, HTML, JSON and Go, JSON Pointer,
// quoted-printable, and full-width and invisible characters. Programs escape for HTML
// before they escape for JSON or a URL.
func readings(to []reading, s string, at int) []reading {
	if at >= len(s) {
		return to
	}
	to = append(to, reading{s[at], at + 1})
	if look := lookalike(s, at); look.end > 0 {
		return append(to, look)
	}
	switch s[at] {
	case '%':
		for i := at + 1; i < at+2*escapings; i += 2 {
			char, ok := hexadecimal(s, i, 2)
			if ok {
				to = entityAt(append(to, reading{char, i + 2}), s, char, i+2)
			}
			if !ok || char != '%' { // %2541: encoded twice
				break
			}
		}
	case '&':
		to = entityAt(to, s, '&', at+1)
	case '=':
		to = quotedPrintable(to, s, at)
	case '~':
		if at+1 < len(s) && s[at+1] == '1' {
			to = append(to, reading{'/', at + 2})
		} else if at+1 < len(s) && s[at+1] == '0' {
			to = append(to, reading{'~', at + 2})
		}
	case '\\':
		// Every level doubles backslashes; before a quote there is one less.
		run := at
		for run < len(s) && s[run] == '\\' && run-at < 1<<escapings {
			run++
			if n := run - at; n > 1 && n&(n-1) == 0 {
				to = append(to, reading{'\\', run})
			}
		}
		if run == len(s) || s[run] == '\\' {
			return to
		}
		to = append(to, reading{s[run], run + 1})
		digits := 0
		switch s[run] {
		case 'u':
			digits = 4
		case 'x':
			digits = 2
		}
		if char, ok := hexadecimal(s, run+1, digits); ok {
			to = entityAt(append(to, reading{char, run + 1 + digits}), s, char, run+1+digits)
		}
		to = elsewhere(to, s, run)
	}
	return to
}

// quotedPrintable appends what quoted-printable (RFC 2045 section 6.7), as mails have it,
// means at an equals sign: a character of two hexadecimal digits, or the one behind a
// soft line break.
func quotedPrintable(to []reading, s string, at int) []reading {
	if char, ok := hexadecimal(s, at+1, 2); ok {
		return append(to, reading{char, at + 3})
	}
	for _, line := range []string{"\r\n", "\n", `\r\n`, `\n`} {
		rest, ok := strings.CutPrefix(s[at+1:], line)
		if !ok || rest == "" {
			continue
		}
		next := at + 1 + len(line)
		if char, ok := hexadecimal(s, next+1, 2); ok && rest[0] == '=' {
			to = append(to, reading{char, next + 3})
		}
		return append(to, reading{rest[0], next + 1})
	}
	return to
}

// elsewhere appends the character of an escape of other languages that continues at i,
// after its backslash: octal (\150: C, shells, Python) and \u{68} (JavaScript, Rust).
func elsewhere(to []reading, s string, i int) []reading {
	const octal = 3
	if i+octal <= len(s) && s[i] <= '1' {
		if n, err := strconv.ParseUint(s[i:i+octal], 8, 7); err == nil {
			to = append(to, reading{byte(n), i + octal})
		}
	}
	if rest, ok := strings.CutPrefix(s[i:min(len(s), i+9)], "u{"); ok {
		if digits, _, ok := strings.Cut(rest, "}"); ok {
			if n, err := strconv.ParseUint(digits, 16, 7); err == nil {
				to = append(to, reading{byte(n), i + len("u{}") + len(digits)})
			}
		}
	}
	return to
}

// entityAt appends the character of the HTML reference that continues at i, if the
// character before begins one.
func entityAt(to []reading, s string, before byte, i int) []reading {
	if before != '&' || i >= len(s) {
		return to
	}
	rest := s[i:min(len(s), i+9)]
	if semi := strings.IndexByte(rest, ';'); semi > 0 {
		if char, ok := entity(rest[:semi]); ok {
			return append(to, reading{char, i + semi + 1})
		}
	}
	if number := openNumber(rest); number > 0 {
		if char, ok := entity(rest[:number]); ok {
			to = append(to, reading{char, i + number})
		}
	}
	return to
}

// openNumber returns the length of a numeric reference at the beginning of s, which
// browsers read without a semicolon, too; 0 if there is none.
func openNumber(s string) int {
	number, ok := strings.CutPrefix(s, "#")
	if !ok {
		return 0
	}
	set := "0123456789"
	if digits := strings.TrimLeft(number, "xX"); digits != number {
		number, set = digits, "0123456789abcdefABCDEF"
	}
	return len(s) - len(strings.TrimLeft(number, set))
}

// entity returns the ASCII character of a character reference of HTML or XML.
func entity(name string) (byte, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	case "plus":
		return '+', true
	case "sol":
		return '/', true
	case "equals":
		return '=', true
	}
	number, ok := strings.CutPrefix(name, "#")
	base := 10
	if hex := strings.TrimLeft(number, "xX"); hex != number {
		number, base = hex, 16
	}
	n, err := strconv.ParseUint(number, base, 7)
	return byte(n), ok && err == nil
}

// hexadecimal returns the ASCII character of n hexadecimal digits at s[i].
func hexadecimal(s string, i, n int) (byte, bool) {
	if n == 0 || i+n > len(s) {
		return 0, false
	}
	v := 0
	for _, c := range []byte(s[i : i+n]) {
		switch {
		case digit(c):
			v = v<<4 | int(c-'0')
		case c >= 'a' && c <= 'f':
			v = v<<4 | int(c-'a'+10)
		case c >= 'A' && c <= 'F':
			v = v<<4 | int(c-'A'+10)
		default:
			return 0, false
		}
	}
	return byte(v), v < 0x80
}
