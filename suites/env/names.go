package env

import (
	"regexp"
	"strings"
)

// secretName matches the names of members and parameters whose values are
// secret: the ends of compound names ("accessToken", "client_secret") where that
// is safe, whole names where it is not ("pan" ends "timespan").
var secretName = regexp.MustCompile(`^(?i:.*(?:token|secret|password|passwd|passphrase|api[_-]?key|private[_-]?key)|(?:proxy-)?authorization|(?:set-)?cookie|hostup_session|cv[cv]2?|card[_-]?number|pan)$`)

// headerName matches headers in text: the answer to TRACE, or a server that
// shows what it got.
var headerName = regexp.MustCompile(`^(?i:(?:proxy-)?authorization|x-api-key|(?:set-)?cookie)$`)

// longestName bounds how far back a name is looked for.
const longestName = 48

// named redacts values by the name before them: members of JSON, also of JSON
// inside a JSON string and of JSON that was cut; parameters of a query, form or
// cookie; header lines. It is no parser on purpose, because broken documents have
// secrets too; it reads every byte a bounded number of times.
func (r *Redactor) named(s string) string {
	var out strings.Builder
	kept := 0
	for i := 0; i < len(s); i++ {
		n := strings.IndexAny(s[i:], ":=")
		if n < 0 {
			break
		}
		i += n
		from, to, replacement := 0, 0, ""
		name, quote := nameBefore(s, i)
		switch {
		case name == "":
			continue
		case s[i] == ':' && quote == "":
			from, to, replacement = r.headerLine(s, i, name)
		case !secretName.MatchString(name):
			continue
		case s[i] == ':':
			from, to = jsonValue(s, i+1, quote)
			replacement = quote + redacted(name) + quote
		default:
			from, to = i+1, i+1+end(s[i+1:], "&;,\"'<>\\ \t\r\n")
			replacement = redacted(name)
		}
		value := strings.Trim(s[from:to], `\"`)
		// A marker holds a space, where a parameter would end.
		if value != "" && !strings.HasPrefix(value, "‹redacted") && !r.isMade(value) {
			out.WriteString(s[kept:from])
			out.WriteString(replacement)
			kept = to
		}
		i = max(i, to-1)
	}
	if kept == 0 {
		return s
	}
	out.WriteString(s[kept:])
	return out.String()
}

// nameBefore is the name that ends before the separator at i, and the quote
// around it if it is a JSON string: `"`, or `\"` inside a JSON string.
func nameBefore(s string, i int) (name, quote string) {
	end := i
	if s[i] == ':' {
		for end > 0 && i-end < 8 && strings.IndexByte(" \t\r\n", s[end-1]) >= 0 {
			end--
		}
		if end > 0 && s[end-1] == '"' {
			end, quote = end-1, `"`
			if end > 0 && s[end-1] == '\\' {
				end, quote = end-1, `\"`
			}
		} else {
			end = i
		}
	}
	start := end
	for start > 0 && end-start < longestName && wordy(s[start-1]) {
		start--
	}
	if quote != "" && !strings.HasSuffix(s[:start], quote) {
		return "", ""
	}
	return s[start:end], quote
}

// jsonValue is where a JSON string or number at i begins and ends; from equals
// to for anything else, which tells nothing. A string may lack its end.
func jsonValue(s string, i int, quote string) (from, to int) {
	from = i
	for from < len(s) && strings.IndexByte(" \t\r\n", s[from]) >= 0 {
		from++
	}
	rest := s[from:]
	if !strings.HasPrefix(rest, quote) {
		if rest == "" || !digit(rest[0]) && rest[0] != '-' {
			return from, from
		}
		return from, len(s) - len(strings.TrimLeft(rest, "-+.0123456789eE"))
	}
	for to = from + len(quote); to < len(s); to++ {
		if strings.HasPrefix(s[to:], quote) {
			return from, to + len(quote)
		}
		if s[to] == '\\' {
			to++
		}
	}
	return from, len(s)
}

// headerLine is the value of a header line and what is left of it.
func (r *Redactor) headerLine(s string, colon int, name string) (from, to int, replacement string) {
	start := colon - len(name)
	if start > 0 && s[start-1] != '\n' || !headerName.MatchString(name) {
		return 0, 0, ""
	}
	to = colon + 1 + end(s[colon+1:], "\r\n")
	value := strings.Trim(s[colon+1:to], " \t")
	return to - len(strings.TrimLeft(s[colon+1:to], " \t")), to, r.header(name, value)
}

// end is the index of the first of chars in s, or its length.
func end(s, chars string) int {
	if n := strings.IndexAny(s, chars); n >= 0 {
		return n
	}
	return len(s)
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
		if end == 0 || i > 1 && s[i-1] == '.' && digit(s[i-2]) { // the fraction of a number: 98.75000000000001
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
