package jsontext

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// str reads a string; d.at is on the opening quotation mark.
func (d *decoder) str() (string, bool) {
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
			if r == utf8.RuneError && n == 1 && len(d.faults) < enough {
				d.fault("utf-8", fmt.Sprintf("byte %#02x at %d", c, d.at))
			}
			buf = utf8.AppendRune(buf, r)
			d.at += n
		}
	}
	d.syntax("a closing quotation mark")
	return "", false
}

// name is str for a member name.
func (d *decoder) name() (string, bool) {
	start := d.at + 1
	for end := start; end < len(d.text); end++ {
		c := d.text[end]
		if c == '"' && end > start {
			raw := d.text[start:end]
			slot := (len(raw) + 7*int(raw[0]) + 31*int(raw[len(raw)-1])) % len(d.names)
			known := &d.names[slot]
			if *known != string(raw) {
				*known = string(raw)
				d.counted &^= 1 << slot
			}
			if d.counted&(1<<slot) == 0 {
				d.counted |= 1 << slot
				d.size += nameSize + len(raw)
			}
			d.at = end + 1
			return *known, true
		}
		if c == '"' || c == '\\' || c < ' ' || c >= utf8.RuneSelf {
			break
		}
	}
	name, ok := d.str()
	d.size += nameSize + len(name)
	return name, ok
}

func (d *decoder) escape(buf []byte) ([]byte, bool) {
	if d.at+1 >= len(d.text) {
		d.at = len(d.text)
		d.syntax("an escaped character")
		return nil, false
	}
	c := d.text[d.at+1]
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
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
		if len(d.faults) < enough {
			d.fault("surrogate", fmt.Sprintf(`\u%04x alone`, r))
		}
	}
	return utf8.AppendRune(buf, r), true
}

// unit reads \uXXXX at an offset without advancing.
func (d *decoder) unit(at int) (rune, bool) {
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
