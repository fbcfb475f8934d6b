package env

import (
	"regexp"
	"strings"
)

// secretName matches the names of members and parameters whose values are
// secret: the ends of compound names ("accessToken", "client_secret") where that
// is safe, whole names where it is not ("pan" ends "timespan").
const secretName = `(?:[\w-]*(?:token|secret|password|passwd|passphrase|api[_-]?key|private[_-]?key)|(?:proxy-)?authorization|(?:set-)?cookie|hostup_session|cv[cv]2?|card[_-]?number|pan)`

var (
	// A member of JSON with a string or number. The string may lack its end: bodies are cut.
	jsonMember = regexp.MustCompile(`(?i)("(` + secretName + `)"\s*:\s*)("(?:[^"\\]|\\.)+"?|-?[0-9][0-9.eE+-]*)`)

	// The same in JSON inside a JSON string.
	innerMember = regexp.MustCompile(`(?i)(\\"(` + secretName + `)\\"\s*:\s*\\")([^"\\]+)`)

	// A parameter of a query, form or cookie.
	parameter = regexp.MustCompile(`(?i)(\b(` + secretName + `)=)([^&;,\s"'<>\\]+)`)

	// A header in text: the answer to TRACE, or a server that shows what it got.
	headerLine = regexp.MustCompile(`(?im)^(((?:proxy-)?authorization|x-api-key|(?:set-)?cookie):[ \t]*)([^\r\n]+)`)
)

// named redacts values by the name before them.
func (r *Redactor) named(s string) string {
	s = headerLine.ReplaceAllStringFunc(s, func(m string) string {
		g := headerLine.FindStringSubmatch(m)
		return g[1] + r.header(g[2], g[3])
	})
	for _, shape := range []*regexp.Regexp{jsonMember, innerMember, parameter} {
		if !shape.MatchString(s) {
			continue
		}
		s = shape.ReplaceAllStringFunc(s, func(m string) string {
			g := shape.FindStringSubmatch(m)
			value := strings.Trim(g[3], `"`)
			if strings.HasPrefix(value, "‹redacted") || r.isMade(value) {
				// A marker holds a space, where a parameter would end.
				return m
			}
			if shape == jsonMember {
				return g[1] + `"` + redacted(g[2]) + `"`
			}
			return g[1] + redacted(g[2])
		})
	}
	return s
}

// maskCards replaces card numbers by their last four digits.
func maskCards(s string) string {
	var out strings.Builder
	kept := 0
	for i := 0; i < len(s); {
		if !digit(s[i]) {
			i++
			continue
		}
		end, number := cardAt(s, i)
		if end == 0 {
			for i < len(s) && digit(s[i]) {
				i++
			}
			continue
		}
		out.WriteString(s[kept:i])
		out.WriteString("‹card ending " + number[len(number)-4:] + "›")
		i, kept = end, end
	}
	if kept == 0 {
		return s
	}
	out.WriteString(s[kept:])
	return out.String()
}

// cardAt reads a card number whose first digit is at i. End is 0 if there is none.
func cardAt(s string, i int) (end int, number string) {
	var groups []string
	for j := i; ; {
		k := j
		for k < len(s) && digit(s[k]) {
			k++
		}
		groups = append(groups, s[j:k])
		if len(groups) == 1 && k-j >= 13 {
			if k-j <= 19 && luhn(s[j:k]) {
				return k, s[j:k]
			}
			return 0, ""
		}
		if all := strings.Join(groups, ""); printed(groups) && luhn(all) {
			return k, all
		}
		if len(groups) == 5 || k+1 >= len(s) || s[k] != ' ' && s[k] != '-' || !digit(s[k+1]) {
			return 0, ""
		}
		j = k + 1
	}
}

// printed reports whether the digits are grouped as on cards: 4-4-4-4 with up
// to three more, 4-6-5, 4-6-4. Other groups are dates and ids.
func printed(groups []string) bool {
	var lengths []byte
	for _, g := range groups {
		lengths = append(lengths, byte('0'+min(len(g), 9)))
	}
	switch string(lengths) {
	case "4444", "44441", "44442", "44443", "465", "464":
		return true
	}
	return false
}

func luhn(number string) bool {
	sum, same := 0, true
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		same = same && number[i] == number[0]
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && !same
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
