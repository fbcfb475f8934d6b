package sample

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/schema"
)

// lookaround matches what package syntax cannot parse; a text made without it is checked
// by the whole pattern afterwards.
var lookaround = regexp.MustCompile(`\(\?<?[=!](?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)`)

// Matching returns a text that matches an ECMA-262 pattern, with repeated parts as often
// as required and some times more; ok is false if none is found.
func Matching(pattern string, least, n int) (text string, ok bool) {
	whole, err := schema.ECMA(pattern)
	if err != nil {
		return "", false
	}
	linear, known := schema.Linear(fewer(lookaround.ReplaceAllString(pattern, "")))
	if !known {
		return "", false
	}
	tree, err := syntax.Parse(linear, syntax.Perl)
	if err != nil {
		return "", false
	}
	empty := false
	for more := range 64 {
		w := writer{more: more, n: n + more/8, budget: 4096}
		w.write(tree)
		text := w.b.String()
		if len([]rune(text)) < least || !whole.MatchString(text) {
			continue
		}
		if text != "" {
			return text, true
		}
		empty = true // few authors mean to allow an empty text: "^\d{0,6}(\.\d{0,2})?$"
	}
	return "", empty
}

// most is the largest count that package syntax can parse.
const most = 1000

var counts = regexp.MustCompile(`\{(\d+),(\d+)\}`)

// fewer is a pattern with no larger counts than package syntax can parse; texts made of it
// match the given one as well.
func fewer(pattern string) string {
	return counts.ReplaceAllStringFunc(pattern, func(count string) string {
		parts := counts.FindStringSubmatch(count)
		least, err := strconv.Atoi(parts[1])
		if n, tooLarge := strconv.Atoi(parts[2]); err == nil && least <= most && (tooLarge != nil || n > most) {
			return fmt.Sprintf("{%d,%d}", least, most)
		}
		return count
	})
}

// A writer generates a text for a pattern.
type writer struct {
	b      strings.Builder
	more   int // extra repetitions of a part
	n      int // number of the text; its digits select among what each part allows
	budget int
}

func (w *writer) write(re *syntax.Regexp) {
	if w.budget--; w.budget < 0 {
		return
	}
	switch re.Op {
	case syntax.OpLiteral:
		w.b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		w.b.WriteRune(w.one(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		w.b.WriteRune(rune('a' + w.digit(26)))
	case syntax.OpCapture:
		w.write(re.Sub[0])
	case syntax.OpConcat:
		for _, s := range re.Sub {
			w.write(s)
		}
	case syntax.OpAlternate:
		w.write(re.Sub[w.digit(len(re.Sub))])
	case syntax.OpStar:
		w.repeat(re.Sub[0], 0, -1)
	case syntax.OpPlus:
		w.repeat(re.Sub[0], 1, -1)
	case syntax.OpQuest:
		if !sign(re.Sub[0]) { // amounts and counts are rarely meant to be negative
			w.repeat(re.Sub[0], 0, 1)
		}
	case syntax.OpRepeat:
		w.repeat(re.Sub[0], re.Min, re.Max)
	}
}

// sign reports whether a part of a pattern is a plus or minus sign.
func sign(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpCapture:
		return sign(re.Sub[0])
	case syntax.OpLiteral:
		return string(re.Rune) == "-" || string(re.Rune) == "+"
	case syntax.OpCharClass:
		return slices.Equal(re.Rune, []rune("++--"))
	}
	return false
}

func (w *writer) repeat(re *syntax.Regexp, least, most int) {
	times := least + w.more
	if most >= 0 {
		times = min(times, most)
	}
	for range times {
		w.write(re)
	}
}

// one returns a character of a class, letters and digits before others.
func (w *writer) one(ranges []rune) rune {
	var plain []rune
	for i := 0; i+1 < len(ranges); i += 2 {
		for r := max(ranges[i], '0'); r <= min(ranges[i+1], 'z'); r++ {
			if r >= 'a' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
				plain = append(plain, r)
			}
		}
	}
	if len(plain) == 0 {
		if len(ranges) == 0 {
			return 'a'
		}
		return ranges[0]
	}
	// letters are last in a character table: start with them
	return plain[len(plain)-1-w.digit(len(plain))]
}

// digit returns the next digit of n in the given base, the lowest first.
func (w *writer) digit(of int) int {
	d := w.n % of
	w.n /= of
	return d
}

// Formatted returns the n-th text of a format of JSON Schema or OpenAPI; ok is false for
// an unknown format.
func Formatted(format string, n int) (string, bool) {
	digit := string(rune('0' + n%10))
	switch format {
	case "date-time":
		return "2026-01-0" + string(rune('1'+n%9)) + "T12:00:00Z", true
	case "date":
		return "2026-01-0" + string(rune('1'+n%9)), true
	case "time":
		return "12:00:0" + digit + "Z", true
	case "duration":
		return "PT" + string(rune('1'+n%9)) + "H", true
	case "email", "idn-email":
		return "user" + digit + "@example.com", true
	case "hostname", "idn-hostname":
		return "host" + digit + ".example.com", true
	case "ipv4":
		return "192.0.2.1" + digit, true
	case "ipv6":
		return "2001:db8::" + digit, true
	case "uri", "url", "iri":
		return "https://example.com/" + digit, true
	case "uri-reference", "iri-reference":
		return "/" + digit, true
	case "uri-template":
		return "/{x" + digit + "}", true
	case "json-pointer":
		return "/" + digit, true
	case "relative-json-pointer":
		return digit, true
	case "regex":
		return "^a" + digit + "$", true
	case "uuid":
		return "3f2b1c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5" + digit, true
	case "byte":
		return "YWJj", true
	case "base64url":
		return "YWJj", true
	}
	return "", false
}
