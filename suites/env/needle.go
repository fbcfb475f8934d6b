package env

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
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
	out := []needle{{name: s.name, text: s.value, least: min(shortest, len(s.value))}}
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

// values replaces the credentials in s.
func (r *Redactor) values(s string) string {
	var out strings.Builder
	kept := 0
	for i := 0; i < len(s); {
		if !r.first[s[i]] {
			i++
			continue
		}
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
	var buffer [16]reading
	first := readings(buffer[:0], s, i)
	for _, n := range r.needles {
		if !slices.ContainsFunc(first, func(c reading) bool { return same(c.char, n.text[0], n.form) }) {
			continue
		}
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
// where they end. A credential may hold the characters that begin an escape, so
// all readings are followed at once.
func (n needle) match(s string, i int) (matched, end int) {
	var a, b [16]int
	var buffer [16]reading
	now, next := append(a[:0], i), b[:0]
	for ; matched < len(n.text); matched++ {
		next = next[:0]
		for _, at := range now {
			for _, c := range readings(buffer[:0], s, at) {
				if same(c.char, n.text[matched], n.form) && !slices.Contains(next, c.end) {
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
