package html

import (
	"encoding/json"
	"strconv"
	"strings"
)

// A laidLine is a line of a formatted JSON text, with the JSON Pointers of the values
// that start on it.
type laidLine struct {
	text     string
	pointers []string
}

type laidText []laidLine

// layOut formats a JSON text, with two spaces for each level. The text may be cut, broken
// or not JSON at all: from the first place that cannot be read, it is copied as it is.
// Tokens are never changed.
func layOut(body string) laidText {
	l := &layouter{body: body, out: laidText{{}}}
	l.space()
	if l.at < len(body) && (body[l.at] == '{' || body[l.at] == '[') && l.value("", 0) {
		l.space()
	}
	if rest := body[l.at:]; rest != "" {
		for i, s := range strings.Split(strings.TrimRight(rest, "\r\n"), "\n") {
			if i > 0 {
				l.out = append(l.out, laidLine{})
			}
			l.write(strings.TrimRight(s, "\r"))
		}
	}
	return l.out
}

// find returns the lines where the value at pointer starts. If there is none, it returns
// those of the nearest enclosing value.
func (t laidText) find(pointer string) map[int]bool {
	found := map[int]bool{}
	for {
		for i, l := range t {
			for _, p := range l.pointers {
				if p == pointer {
					found[i] = true
				}
			}
		}
		slash := strings.LastIndexByte(pointer, '/')
		if len(found) > 0 || slash < 0 {
			break
		}
		pointer = pointer[:slash]
	}
	if len(found) == 0 && len(t) > 0 {
		found[0] = true
	}
	return found
}

type layouter struct {
	body string
	at   int
	out  laidText
}

// deepest limits the depth of the layout; no documented response is nested deeper than
// six levels.
const deepest = 40

func (l *layouter) write(s string) { l.out[len(l.out)-1].text += s }

func (l *layouter) newline(depth int) {
	l.out = append(l.out, laidLine{text: strings.Repeat("  ", depth)})
}

func (l *layouter) space() {
	for l.at < len(l.body) && strings.IndexByte(" \t\r\n", l.body[l.at]) >= 0 {
		l.at++
	}
}

// value lays out one value; it returns false if the rest cannot be read.
func (l *layouter) value(pointer string, depth int) bool {
	l.space()
	if l.at >= len(l.body) || depth > deepest {
		return false
	}
	last := &l.out[len(l.out)-1]
	last.pointers = append(last.pointers, pointer)
	switch c := l.body[l.at]; c {
	case '{', '[':
		return l.list(c, pointer, depth)
	case '"':
		s, ok := l.str()
		l.write(s)
		return ok
	}
	start := l.at
	for l.at < len(l.body) && strings.IndexByte(",]} \t\r\n", l.body[l.at]) < 0 {
		l.at++
	}
	l.write(l.body[start:l.at])
	return l.at > start && l.at < len(l.body)
}

func (l *layouter) list(open byte, pointer string, depth int) bool {
	end := byte('}')
	if open == '[' {
		end = ']'
	}
	l.at++
	l.write(string(open))
	if l.space(); l.at < len(l.body) && l.body[l.at] == end {
		l.at++
		l.write(string(end))
		return true
	}
	for i := 0; ; i++ {
		l.newline(depth + 1)
		l.space()
		name := strconv.Itoa(i)
		if open == '{' {
			if l.at >= len(l.body) || l.body[l.at] != '"' {
				return false
			}
			key, ok := l.str()
			l.write(key)
			if l.space(); !ok || l.at >= len(l.body) || l.body[l.at] != ':' {
				return false
			}
			l.at++
			l.write(": ")
			if json.Unmarshal([]byte(key), &name) != nil {
				name = strings.Trim(key, `"`)
			}
		}
		name = strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
		if !l.value(pointer+"/"+name, depth+1) {
			return false
		}
		l.space()
		if l.at >= len(l.body) {
			return false
		}
		switch l.body[l.at] {
		case ',':
			l.at++
			l.write(",")
		case end:
			l.at++
			l.newline(depth)
			l.write(string(end))
			return true
		default:
			return false
		}
	}
}

// str reads a string with its quotes; it returns false if the string does not end.
func (l *layouter) str() (string, bool) {
	start := l.at
	for l.at++; l.at < len(l.body); l.at++ {
		switch l.body[l.at] {
		case '\\':
			l.at++
		case '"':
			l.at++
			return l.body[start:l.at], true
		}
	}
	l.at = len(l.body)
	return l.body[start:], false
}
