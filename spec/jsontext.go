package spec

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds nesting, so that a hostile body cannot exhaust the stack. No
// documented answer nests deeper than six.
const maxDepth = 1000

// maxExponent bounds the exponent of a number. Comparing 1e999999999 exactly
// would need a gigabyte; no documented number needs an exponent at all.
const maxExponent = 400

// A textFault is something wrong with a JSON text that is not a matter of its
// schema.
type textFault struct {
	keyword string // "syntax", "trailing", "empty", "duplicate", "utf-8", "surrogate", "bom", "number", "depth"
	path    []string
	got     string
}

// decodeText reads one JSON text (RFC 8259) strictly. Numbers stay exact
// (json.Number). It returns the value and everything that is wrong with the
// text; ok is false when there is no value to go on with. Unlike encoding/json
// it sees duplicate names, bytes that are not UTF-8, halves of surrogate pairs,
// a byte order mark and what follows the text. Of duplicate members the last
// one is kept, as most readers do.
func decodeText(text []byte) (value any, faults []textFault, ok bool) {
	d := &textDecoder{text: text}
	if len(text) >= 2 && (text[0] == 0) != (text[1] == 0) || len(text) >= 2 && (string(text[:2]) == "\xff\xfe" || string(text[:2]) == "\xfe\xff") {
		d.fault("utf-8", "UTF-16 or UTF-32, as its first bytes show: "+excerpt(text))
		return nil, d.faults, false
	}
	if len(text) >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF {
		d.fault("bom", "bytes EF BB BF at the start")
		d.at = 3
	}
	d.space()
	if d.at == len(text) {
		d.fault("empty", "no JSON text")
		return nil, d.faults, false
	}
	value, ok = d.value(0)
	if !ok {
		return nil, d.faults, false
	}
	d.space()
	if d.at < len(text) {
		d.fault("trailing", fmt.Sprintf("%s at byte %d", excerpt(text[d.at:]), d.at))
	}
	return value, d.faults, true
}

type textDecoder struct {
	text   []byte
	at     int
	path   []string
	faults []textFault
}

func (d *textDecoder) fault(keyword, got string) {
	const enough = 100 // one cause, endless rows: the first hundred say it all
	if len(d.faults) < enough {
		d.faults = append(d.faults, textFault{keyword, append([]string(nil), d.path...), got})
	}
}

func (d *textDecoder) syntax(want string) (any, bool) {
	if d.at >= len(d.text) {
		d.fault("syntax", fmt.Sprintf("the text ends at byte %d where %s has to follow", d.at, want))
	} else {
		d.fault("syntax", fmt.Sprintf("%s at byte %d where %s has to stand", excerpt(d.text[d.at:]), d.at, want))
	}
	return nil, false
}

func excerpt(b []byte) string {
	const most = 24
	if len(b) > most {
		return strconv.QuoteToASCII(string(b[:most])) + "…"
	}
	return strconv.QuoteToASCII(string(b))
}

func (d *textDecoder) space() {
	for d.at < len(d.text) {
		switch d.text[d.at] {
		case ' ', '\t', '\n', '\r':
			d.at++
		default:
			return
		}
	}
}

func (d *textDecoder) value(depth int) (any, bool) {
	if depth > maxDepth {
		d.fault("depth", fmt.Sprintf("more than %d levels", maxDepth))
		return nil, false
	}
	if d.at >= len(d.text) {
		return d.syntax("a value")
	}
	switch c := d.text[d.at]; {
	case c == '{':
		return d.object(depth)
	case c == '[':
		return d.array(depth)
	case c == '"':
		s, ok := d.str()
		return s, ok
	case c == '-' || '0' <= c && c <= '9':
		return d.number()
	case c == 't':
		return d.literal("true", true)
	case c == 'f':
		return d.literal("false", false)
	case c == 'n':
		return d.literal("null", nil)
	}
	return d.syntax("a value")
}

func (d *textDecoder) literal(word string, v any) (any, bool) {
	if len(d.text)-d.at < len(word) || string(d.text[d.at:d.at+len(word)]) != word {
		return d.syntax("a value")
	}
	d.at += len(word)
	return v, true
}

func (d *textDecoder) object(depth int) (any, bool) {
	members := make(map[string]any, 8)
	d.at++
	d.space()
	if d.at < len(d.text) && d.text[d.at] == '}' {
		d.at++
		return members, true
	}
	for {
		d.space()
		if d.at >= len(d.text) || d.text[d.at] != '"' {
			return d.syntax("a member name")
		}
		name, ok := d.str()
		if !ok {
			return nil, false
		}
		d.space()
		if d.at >= len(d.text) || d.text[d.at] != ':' {
			return d.syntax("a colon")
		}
		d.at++
		d.space()
		d.path = append(d.path, name)
		v, ok := d.value(depth + 1)
		if !ok {
			return nil, false
		}
		if _, twice := members[name]; twice {
			d.fault("duplicate", "the name stands twice")
		}
		d.path = d.path[:len(d.path)-1]
		members[name] = v
		d.space()
		if d.at >= len(d.text) {
			return d.syntax("a comma or }")
		}
		switch d.text[d.at] {
		case ',':
			d.at++
		case '}':
			d.at++
			return members, true
		default:
			return d.syntax("a comma or }")
		}
	}
}

func (d *textDecoder) array(depth int) (any, bool) {
	items := []any{}
	d.at++
	d.space()
	if d.at < len(d.text) && d.text[d.at] == ']' {
		d.at++
		return items, true
	}
	for {
		d.space()
		d.path = append(d.path, strconv.Itoa(len(items)))
		v, ok := d.value(depth + 1)
		if !ok {
			return nil, false
		}
		d.path = d.path[:len(d.path)-1]
		items = append(items, v)
		d.space()
		if d.at >= len(d.text) {
			return d.syntax("a comma or ]")
		}
		switch d.text[d.at] {
		case ',':
			d.at++
		case ']':
			d.at++
			return items, true
		default:
			return d.syntax("a comma or ]")
		}
	}
}

func (d *textDecoder) number() (any, bool) {
	start := d.at
	digits := func() bool {
		from := d.at
		for d.at < len(d.text) && '0' <= d.text[d.at] && d.text[d.at] <= '9' {
			d.at++
		}
		return d.at > from
	}
	if d.text[d.at] == '-' {
		d.at++
	}
	switch {
	case d.at < len(d.text) && d.text[d.at] == '0':
		d.at++
	case !digits():
		return d.syntax("a digit")
	}
	if d.at < len(d.text) && d.text[d.at] == '.' {
		d.at++
		if !digits() {
			return d.syntax("a digit")
		}
	}
	hasExponent := d.at < len(d.text) && (d.text[d.at] == 'e' || d.text[d.at] == 'E')
	if hasExponent {
		d.at++
		if d.at < len(d.text) && (d.text[d.at] == '+' || d.text[d.at] == '-') {
			d.at++
		}
		from := d.at
		if !digits() {
			return d.syntax("a digit")
		}
		if e, err := strconv.Atoi(string(d.text[from:d.at])); err != nil || e > maxExponent {
			d.fault("number", excerpt(d.text[start:d.at]))
			return json.Number("0"), true
		}
	}
	n := json.Number(d.text[start:d.at])
	if d.at-start > 300 || hasExponent {
		// beyond binary64 (RFC 8259 section 6) most readers fail or say infinity
		if _, err := n.Float64(); err != nil {
			d.fault("number", excerpt(d.text[start:d.at]))
			return json.Number("0"), true
		}
	}
	return n, true
}

// str reads a string; d.at is on the opening quotation mark.
func (d *textDecoder) str() (string, bool) {
	d.at++
	start := d.at
	for d.at < len(d.text) { // the usual string: printable ASCII without escapes
		c := d.text[d.at]
		if c == '"' {
			s := string(d.text[start:d.at])
			d.at++
			return s, true
		}
		if c == '\\' || c < ' ' || c >= utf8.RuneSelf {
			break
		}
		d.at++
	}
	buf := append(make([]byte, 0, d.at-start+32), d.text[start:d.at]...)
	for d.at < len(d.text) {
		c := d.text[d.at]
		switch {
		case c == '"':
			d.at++
			return string(buf), true
		case c == '\\':
			var ok bool
			if buf, ok = d.escape(buf); !ok {
				return "", false
			}
		case c < ' ':
			d.syntax("a character that is not a control character")
			return "", false
		case c < utf8.RuneSelf:
			buf = append(buf, c)
			d.at++
		default:
			r, n := utf8.DecodeRune(d.text[d.at:])
			if r == utf8.RuneError && n == 1 {
				d.fault("utf-8", fmt.Sprintf("byte %#02x at %d", c, d.at))
			}
			buf = utf8.AppendRune(buf, r)
			d.at += n
		}
	}
	d.syntax("a closing quotation mark")
	return "", false
}

func (d *textDecoder) escape(buf []byte) ([]byte, bool) {
	if d.at+1 >= len(d.text) {
		d.at = len(d.text)
		d.syntax("an escaped character")
		return nil, false
	}
	c := d.text[d.at+1]
	if i := indexByte(`"\/bfnrt`, c); i >= 0 {
		d.at += 2
		return append(buf, "\"\\/\b\f\n\r\t"[i]), true
	}
	r, ok := d.unit(d.at)
	if !ok {
		d.syntax("an escape sequence")
		return nil, false
	}
	d.at += 6
	if utf16.IsSurrogate(r) {
		if low, ok := d.unit(d.at); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				d.at += 6
				return utf8.AppendRune(buf, pair), true
			}
		}
		d.fault("surrogate", fmt.Sprintf(`\u%04x alone`, r))
	}
	return utf8.AppendRune(buf, r), true
}

// unit reads \uXXXX at the place without moving on.
func (d *textDecoder) unit(at int) (rune, bool) {
	if at+6 > len(d.text) || d.text[at] != '\\' || d.text[at+1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range d.text[at+2 : at+6] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

func indexByte(s string, c byte) int {
	for i := range len(s) {
		if s[i] == c {
			return i
		}
	}
	return -1
}
