package secret

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// lookalike returns the reading of a full-width character at s[at], or of the character
// behind invisible ones: as they are, percent-encoded, or escaped as in JSON. Its end is 0
// if there is none.
func lookalike(s string, at int) reading {
	const most = 8 // invisible characters in a row; more would take quadratic time
	next := at
	for range most {
		r, size := runeAt(s, next)
		switch {
		case r >= 0xff01 && r <= 0xff5e: // those of ASCII, in its order
			return reading{byte(r - 0xff01 + '!'), next + size}
		case invisible(r):
			next += size
			continue
		case next > at && next < len(s) && s[next] < utf8.RuneSelf:
			return reading{s[next], next + 1}
		}
		break
	}
	return reading{}
}

// invisible reports whether a character shows nothing: zero-width spaces and joiners, the
// soft hyphen, the mark of byte order.
func invisible(r rune) bool {
	switch r {
	case 0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff:
		return true
	}
	return false
}

// runeAt returns the character at s[at] that is not ASCII and its length, 0 for any other.
func runeAt(s string, at int) (r rune, size int) {
	switch {
	case at >= len(s):
	case s[at] >= utf8.RuneSelf:
		return utf8.DecodeRuneInString(s[at:])
	case s[at] == '\\' && at+6 <= len(s) && (s[at+1] == 'u' || s[at+1] == 'U'):
		if n, err := strconv.ParseUint(s[at+2:at+6], 16, 16); err == nil && n >= utf8.RuneSelf {
			return rune(n), 6
		}
	case s[at] == '%':
		var code []byte
		for i := at; i+3 <= len(s) && s[i] == '%' && len(code) < 3; i += 3 {
			n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if err != nil {
				break
			}
			code = append(code, byte(n))
		}
		if r, n := utf8.DecodeRune(code); n > 1 {
			return r, 3 * n
		}
	}
	return 0, 0
}

// escapeEnd returns where an escape ends that has one of its digits at i, i if there is
// none: those of %20 and \u00a0 are no part of a number that follows.
func escapeEnd(s string, i int) int {
	for _, form := range escapeForms {
		for at := i; at > i-form.digits; at-- {
			if from := at - len(form.begin); from >= 0 && s[from:at] == form.begin && hexDigits(s, at, form.digits) {
				return at + form.digits
			}
		}
	}
	return i
}

// hasEscapes reports whether a text may have escapes: most have none.
func hasEscapes(s string) bool {
	return strings.IndexByte(s, '%') >= 0 || strings.IndexByte(s, '\\') >= 0
}

// followsEscape reports whether an escape of something else than a letter or a digit ends
// at i.
func followsEscape(s string, i int) bool {
	for _, form := range escapeForms {
		digits := i - form.digits
		if from := digits - len(form.begin); from >= 0 && s[from:digits] == form.begin && hexDigits(s, digits, form.digits) {
			n, _ := strconv.ParseUint(s[digits:i], 16, 16)
			return !joins(rune(n)) || n >= utf8.RuneSelf
		}
	}
	return false
}

var escapeForms = []struct {
	begin  string
	digits int
}{{"%", 2}, {`\u`, 4}, {`\x`, 2}}

func hexDigits(s string, i, n int) bool {
	if i+n > len(s) {
		return false
	}
	_, err := strconv.ParseUint(s[i:i+n], 16, 32)
	return err == nil
}
