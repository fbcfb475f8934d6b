package env

import (
	"encoding/base64"
	"encoding/hex"
	"html"
	"regexp"
	"strconv"
	"strings"
)

// shortest is the length from which on the beginning of a credential is taken
// for one: logs and messages show keys that way.
const shortest = 8

// A needle is one form of one credential to look for.
type needle struct {
	name   string // HOSTUP_API_KEY
	form   form
	text   string
	least  int  // characters of text that have to match
	offset bool // base64 of something before the credential
}

type form int

const (
	plain form = iota
	inBase64
	inHex
)

func needles(s secretValue) []needle {
	value := backslashes.ReplaceAllString(s.value, `\`) // spelled reads a run of them as one
	out := []needle{{name: s.name, text: value, least: min(shortest, len(value))}}
	if len(s.value) < shortest {
		return out
	}
	out = append(out, needle{name: s.name, form: inHex, text: hex.EncodeToString([]byte(s.value)), least: 2 * shortest})
	for before := range 3 {
		// Base64 of x is part of base64 of anything + x, but for the characters
		// at both ends that share bits with the neighbours.
		code := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", before) + s.value))
		code = code[(before*8+5)/6:]
		if (before+len(s.value))%3 != 0 {
			code = code[:len(code)-1]
		}
		out = append(out, needle{name: s.name, form: inBase64, text: code, least: min(12, len(code)), offset: before > 0})
	}
	return out
}

var backslashes = regexp.MustCompile(`\\+`)

// values replaces the credentials in s.
func (r *Redactor) values(s string) string {
	var out strings.Builder
	kept := 0
	for i := 0; i < len(s); {
		best, end := r.longest(s, kept, i)
		if end == 0 {
			i++
			continue
		}
		start := i
		what := best.name
		switch {
		case best.form == inBase64:
			what += " base64"
			start, end = widen(s, kept, i, end, best.offset)
		case best.form == inHex:
			what += " hex"
		case !best.whole:
			what = "part of " + what
		}
		out.WriteString(s[kept:start])
		out.WriteString(redacted(what))
		i, kept = end, end
	}
	if kept == 0 {
		return s
	}
	out.WriteString(s[kept:])
	return out.String()
}

type hit struct {
	needle
	whole bool
}

// longest finds the longest credential that begins at i; end is 0 without one.
func (r *Redactor) longest(s string, kept, i int) (best hit, end int) {
	for _, n := range r.needles {
		matched, to := n.match(s, i)
		if matched < n.least || to <= end {
			continue
		}
		h := hit{n, matched == len(n.text)}
		if n.form == plain && len(n.text) < shortest && (i > kept && wordy(s[i-1]) || to < len(s) && wordy(s[to])) {
			continue
		}
		if n.form == plain && !h.whole && public(s, i, to) {
			continue
		}
		best, end = h, to
	}
	return best, end
}

// match counts how many characters of the needle are spelled from i on, and
// where they end.
func (n needle) match(s string, i int) (matched, end int) {
	for ; matched < len(n.text) && i < len(s); matched++ {
		w := spelled(s[i:], n.text[matched], n.form)
		if w == 0 {
			break
		}
		i += w
	}
	return matched, i
}

// spelled is the length of a spelling of the character want at the beginning of
// s, 0 when there is none.
func spelled(s string, want byte, f form) int {
	if s[0] == '\\' {
		// Every level of escaping doubles backslashes.
		run := len(s) - len(strings.TrimLeft(s, `\`))
		if want == '\\' {
			return run
		}
		rest := s[run:]
		switch {
		case len(rest) >= 5 && rest[0] == 'u' && hexIs(rest[1:5], want):
			return run + 5
		case len(rest) >= 3 && rest[0] == 'x' && hexIs(rest[1:3], want):
			return run + 3
		case rest != "" && rest[0] == want:
			return run + 1
		}
		return 0
	}
	if same(s[0], want, f) {
		return 1
	}
	switch s[0] {
	case '%':
		for code := s[1:]; ; code = code[2:] {
			if len(code) >= 2 && hexIs(code[:2], want) {
				return len(s) - len(code) + 2
			}
			if !strings.HasPrefix(code, "25") { // %2541: encoded twice
				return 0
			}
		}
	case '&':
		if semi := strings.IndexByte(s[:min(len(s), 10)], ';'); semi > 0 && html.UnescapeString(s[:semi+1]) == string(rune(want)) {
			return semi + 1
		}
	}
	return 0
}

func same(got, want byte, f form) bool {
	switch {
	case got == want:
		return true
	case f == inBase64: // the URL alphabet
		return want == '+' && got == '-' || want == '/' && got == '_'
	case f == inHex:
		return got >= 'A' && got <= 'F' && got+'a'-'A' == want
	}
	return false
}

func hexIs(digits string, want byte) bool {
	n, err := strconv.ParseUint(digits, 16, 32)
	return err == nil && n == uint64(want)
}

// widen takes in the characters of base64 that hold a few bits of the credential.
func widen(s string, kept, start, end int, left bool) (int, int) {
	for n := 0; left && n < 1 && start > kept && wordy(s[start-1]); n++ {
		start--
	}
	for n := 0; n < 2 && end < len(s) && (wordy(s[end]) || s[end] == '+' || s[end] == '/'); n++ {
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

// public reports whether s[from:to] is inside a word that keys may begin like
// and that is no secret: an API key "hostup_s…" must not hide the cookie's name.
func public(s string, from, to int) bool {
	for _, word := range []string{"hostup_session", "hostup-conformance"} {
		for i := max(0, to-len(word)); i <= from; i++ {
			if strings.HasPrefix(s[i:], word) {
				return true
			}
		}
	}
	return false
}
