package secret

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
)

// shortest is the length from which a part of a credential counts as one: logs and
// messages show keys in this way.
const shortest = 8

// A needle is one form of one credential to look for.
type needle struct {
	secret int
	form   Form
	text   string
	least  int // characters of text that must match
}

// A Form is an encoding of a whole credential.
type Form int

const (
	Plain Form = iota
	Base64
	Hex
	Wide // UTF-16
	Reversed
)

// String returns the name of a form, "" for [Plain].
func (f Form) String() string { return [...]string{"", "base64", "hex", "UTF-16", "reversed"}[f] }

// needlesOf returns the needles of a value. A value shorter than [shortest] is only
// looked for as it is.
func needlesOf(secret int, value string) []needle {
	if value == "" {
		return nil
	}
	out := []needle{{secret: secret, text: value, least: min(shortest, len(value))}}
	if len(value) < shortest {
		return out
	}
	out = append(out, needle{secret: secret, form: Wide, text: between(value, 1, "\x00"), least: 2 * shortest})
	backwards := []byte(value)
	slices.Reverse(backwards)
	out = append(out, needle{secret: secret, form: Reversed, text: string(backwards), least: shortest})
	variants := []string{value}
	for _, v := range []string{strings.ToUpper(value), strings.ToLower(value)} {
		if !slices.Contains(variants, v) {
			variants = append(variants, v)
		}
	}
	for _, v := range variants { // of the other forms, the case does not matter
		out = append(out, encoded(secret, v)...)
	}
	return out
}

// encoded returns the needles for a value in hexadecimal digits and in base64.
func encoded(secret int, value string) (out []needle) {
	code := hex.EncodeToString([]byte(value))
	out = append(out, needle{secret: secret, form: Hex, text: code, least: 2 * shortest})
	for _, separator := range []string{":", " "} { // as in byte dumps
		out = append(out, needle{secret: secret, form: Hex, text: between(code, 2, separator), least: 3*shortest - 1})
	}
	for before := range 3 {
		// The base64 of x is part of the base64 of any prefix + x, except for the
		// characters at both ends that share bits with their neighbours.
		code := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", before) + value))
		code = code[(before*8+5)/6:]
		if (before+len(value))%3 != 0 {
			code = code[:len(code)-1]
		}
		// Eight characters give at least nine complete ones in base64.
		out = append(out, needle{secret: secret, form: Base64, text: code, least: min(9, len(code))})
	}
	return out
}

// between inserts a separator between groups of size characters.
func between(s string, size int, separator string) string {
	var b strings.Builder
	for i := 0; i < len(s); i += size {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(s[i:min(i+size, len(s))])
	}
	return b.String()
}

// match counts how many characters of the needle, from index from on, are spelled in s
// from i on, and returns where they end. A credential may contain characters that begin
// an escape, so all readings are followed in parallel.
func (n *needle) match(s string, i, from int) (matched, end int) {
	var a, b [16]int
	var buffer [16]reading
	now, next := append(a[:0], i), b[:0]
	for ; from+matched < len(n.text); matched++ {
		next = next[:0]
		for _, at := range now {
			for _, c := range readings(buffer[:0], s, at) {
				if same(c.char, n.text[from+matched], n.form) && !slices.Contains(next, c.end) {
					next = append(next, c.end)
				}
			}
		}
		if len(next) == 0 {
			break
		}
		now, next = next, now
	}
	return matched, slices.Max(now)
}

func same(got, want byte, f Form) bool {
	switch {
	case got == want:
		return true
	case f == Base64 && (want == '+' && got == '-' || want == '/' && got == '_'): // the URL alphabet
		return true
	case (f == Plain || f == Reversed) && want == '+' && got == ' ': // the plus of a form
		return true
	case f == Hex && want == ' ' && got == '-':
		return true
	}
	return lower(got) == lower(want)
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// widen extends a match by the base64 characters that contain a few bits of the
// credential.
func widen(s string, kept, start, end int) (int, int) {
	code := func(c byte) bool { return wordy(c) || c == '+' || c == '/' }
	for n := 0; n < 2 && start > kept && code(s[start-1]); n++ {
		start--
	}
	for n := 0; n < 2 && end < len(s) && code(s[end]); n++ {
		end++
	}
	for end < len(s) && s[end] == '=' {
		end++
	}
	return start, end
}

func wordy(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || digit(c) || c == '_' || c == '-'
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
