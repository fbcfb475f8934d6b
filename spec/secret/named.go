package secret

import (
	"strings"
	"sync"
)

// A Value is the location of a value whose name says that it is secret.
type Value struct {
	Start, End int
	Name       string
	Quote      string // opening quote of the JSON string around the value, part of the location: `"`, `\"`; "" for a header line and a parameter
	Header     bool   // the value is that of a header line
}

// longestName bounds how far back a name is looked for.
const longestName = 48

// Names finds the values that texts name as secret. It remembers names that mark nothing as
// secret, since the bodies of an API repeat them all the time. The zero value is ready for
// use, by several goroutines at once.
type Names struct {
	mu    sync.RWMutex
	never map[string]struct{}
}

// rememberedNames bounds how many names are remembered: those of an API, whatever a target
// makes up.
const rememberedNames = 4096

// Values returns the values that a text names as secret, in order and without overlap:
// members of JSON, also of JSON inside a JSON string and of truncated JSON; parameters of
// a query, form or cookie; header lines, as in the response to TRACE; named elements of
// XML and parts of a form; and tokens of known forms. It is deliberately no parser,
// because broken documents have secrets too; it reads every byte a bounded number of
// times.
func (n *Names) Values(s string) []Value { return disjoint(append(n.before(s), told(s)...)) }

// neverSecret reports whether a property of this name is never secret.
func (n *Names) neverSecret(name string) bool {
	n.mu.RLock()
	_, known := n.never[name]
	n.mu.RUnlock()
	if known || !neverSecret(name) {
		return known
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.never == nil {
		n.never = map[string]struct{}{}
	}
	if len(n.never) < rememberedNames {
		n.never[strings.Clone(name)] = struct{}{} // without the body around it
	}
	return true
}

// before returns those that follow a name.
func (n *Names) before(s string) (all []Value) {
	for i := 0; i < len(s); i++ {
		if s[i] != ':' && s[i] != '=' {
			continue
		}
		name, quote := nameBefore(s, i)
		if name == "" {
			continue
		}
		v := Value{Name: name, Quote: quote}
		switch {
		case s[i] == ':' && quote == "":
			if start := i - len(name); start > 0 && s[start-1] != '\n' || !Header(name) {
				continue
			}
			v.Header = true
			v.End = i + 1 + end(s[i+1:], "\r\n")
			v.Start = v.End - len(strings.TrimLeft(s[i+1:v.End], " \t"))
			v.End = v.Start + len(strings.TrimRight(s[v.Start:v.End], " \t"))
		case s[i] == ':':
			if n.neverSecret(name) {
				continue
			}
			if v.Start, v.End = jsonValue(s, i+1, quote); v.Start == v.End && secretList(name) {
				v.Start, v.End = jsonStrings(s, i+1, quote)
			} else if !saysSecret(name, strings.Trim(s[v.Start:v.End], `\"'`)) {
				continue
			}
		default:
			v.Start, v.End = i+1, i+1+end(s[i+1:], "&;,\"'<>\\ \t\r\n")
			if v.Start == v.End || !Property(name) && !(inAddress(s[:i-len(name)]) && Parameter(name, s[v.Start:v.End])) {
				continue
			}
		}
		// A redaction marker contains a space, where a parameter would end.
		if value := strings.Trim(s[v.Start:v.End], `\"'`); value != "" && value != "true" && value != "false" && !strings.HasPrefix(value, marker) {
			all = append(all, v)
		}
		i = max(i, v.End-1)
	}
	return all
}

// inAddress reports whether a parameter of a URL or of a form may begin after this text.
func inAddress(before string) bool {
	return before == "" || strings.HasSuffix(before, "?") || strings.HasSuffix(before, "&") || strings.HasSuffix(before, ";") ||
		strings.HasSuffix(before, `\u0026`) || strings.HasSuffix(before, "%26") || strings.HasSuffix(before, "%3F")
}

// nameBefore returns the name that ends before the separator at i, and its quote if it is
// a string: `"`, or `\"` inside a JSON string, or `'`, as in debug output.
func nameBefore(s string, i int) (name, quote string) {
	end := i
	if s[i] == ':' {
		for end > 0 && i-end < 8 && strings.IndexByte(" \t\r\n", s[end-1]) >= 0 {
			end--
		}
		if end > 0 && (s[end-1] == '"' || s[end-1] == '\'') {
			quote = s[end-1 : end]
			end--
			if end > 0 && s[end-1] == '\\' {
				end, quote = end-1, `\`+quote
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
	if quote == "" && start > 0 {
		// The escape of a preceding ampersand is not part of the name.
		name := s[start:end]
		switch {
		case s[start-1] == '\\' && strings.HasPrefix(name, "u0026"):
			start += len("u0026")
		case s[start-1] == '%' && (strings.HasPrefix(name, "26") || strings.HasPrefix(name, "3F")):
			start += len("26")
		}
	}
	return s[start:end], quote
}

// jsonValue returns the start and end of a JSON string or number at i; from equals to for
// anything else. A string may be unterminated.
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

// jsonStrings returns the start of the first and the end of the last string of a JSON
// array at i; from equals to for anything else.
func jsonStrings(s string, i int, quote string) (from, to int) {
	from, to = i, i
	for before := byte('['); ; before = ',' {
		i += len(s[i:]) - len(strings.TrimLeft(s[i:], " \t\r\n"))
		if i == len(s) || s[i] != before {
			return from, to
		}
		start, end := jsonValue(s, i+1, quote)
		if start == end {
			return from, to
		}
		if from == to {
			from = start
		}
		i, to = end, end
	}
}

// end returns the index of the first of chars in s, or its length.
func end(s, chars string) int {
	if n := strings.IndexAny(s, chars); n >= 0 {
		return n
	}
	return len(s)
}
