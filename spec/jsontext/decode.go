// Package jsontext decodes JSON text strictly by RFC 8259, and says what is wrong with a
// text, and where. [Decode] is the entry point; all functions are safe for concurrent
// use.
package jsontext

import (
	"fmt"
	"strconv"
)

// MaxDepth bounds nesting, so that a hostile body cannot exhaust the stack. No documented
// response nests deeper than six.
const MaxDepth = 1000

// A Fault is a fault of a JSON text that does not concern its schema.
type Fault struct {
	Keyword string   // "syntax", "trailing", "empty", "duplicate", "utf-8", "surrogate", "bom", "depth", "size"
	Path    []string // of the faulty value
	Got     string
}

// Decode decodes one JSON text (RFC 8259) strictly. It returns the value and all faults
// of the text; ok is false if there is no usable value. Numbers stay exact (json.Number).
// Unlike encoding/json it detects duplicate names, bytes that are not UTF-8, unpaired
// surrogates, a byte order mark and trailing text. Of duplicate members it keeps the last
// one, as most readers do. Values are map[string]any, []any, string, json.Number, bool
// and nil; they may share parts and must not be modified.
func Decode(text []byte) (value any, faults []Fault, ok bool) { return new(Reader).Decode(text) }

// A Reader decodes texts whose values are kept together: they share the memory limit of
// one text. The zero value is ready to use.
type Reader struct{ d decoder }

// Renew makes the Reader ready for texts whose values are kept apart from those before.
// Unlike a new one it knows which names and numbers such texts have.
func (r *Reader) Renew() {
	d := &r.d
	d.text, d.faults, d.size, d.counted = nil, nil, 0, 0
	if len(d.short) > mostShort {
		d.short = nil
	}
}

// Decode is [Decode] for the next text.
func (r *Reader) Decode(text []byte) (value any, faults []Fault, ok bool) {
	d := &r.d
	d.text, d.at, d.path, d.faults = text, 0, d.path[:0], nil
	if d.none == nil {
		d.none, d.empty = map[string]any{}, []any{}
	}
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

// Value returns the value of [Decode] when faults do not matter; ok is false if the text
// has no value, or one that is too large.
func Value(text []byte) (value any, ok bool) {
	value, _, ok = Decode(text)
	return value, ok
}

// mostMemory bounds the memory of a decoded text, as far as it can be estimated. A useful
// text of 10 MiB takes half of it; millions of tiny objects take many times their text.
const (
	mostMemory = 64 << 20
	memberSize = 60 // in an object of more than a few
	nameSize   = 16 // besides its text
	objectSize = 312
	arraySize  = 40
	itemSize   = 24 // an array grows in steps
)

type decoder struct {
	size   int            // estimated size of the values
	short  map[string]any // short numbers, each once
	none   map[string]any // the empty object and the empty array
	empty  []any          // are shared, because decoded values are never modified
	text   []byte
	at     int
	path   []string
	faults []Fault

	names   [64]string // of members, each once: rows repeat them
	counted uint64     // the names that are in size, by bit
	members [8]int     // of the last object, by depth: rows have equally many
	items   [8]int     // of the last array, by depth
}

// enough is the number of faults that are kept: one cause in endless rows is shown by the
// first hundred. Formatting the others would take most of the time.
const enough = 100

func (d *decoder) fault(keyword, got string) {
	if len(d.faults) < enough {
		d.faults = append(d.faults, Fault{keyword, append([]string(nil), d.path...), got})
	}
}

func (d *decoder) syntax(want string) (any, bool) {
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

// holds adds to the estimated size and reports whether it is within the limit.
func (d *decoder) holds(size int) bool {
	if d.size += size; d.size <= mostMemory {
		return true
	}
	d.fault("size", fmt.Sprintf("more values than %d MiB hold, at byte %d of %d", mostMemory>>20, d.at, len(d.text)))
	return false
}

func (d *decoder) space() {
	for d.at < len(d.text) {
		switch d.text[d.at] {
		case ' ', '\t', '\n', '\r':
			d.at++
		default:
			return
		}
	}
}

func (d *decoder) value(depth int) (any, bool) {
	if depth > MaxDepth {
		d.fault("depth", fmt.Sprintf("more than %d levels", MaxDepth))
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
		if ok && len(s) > 0 {
			ok = d.holds(32 + len(s))
		}
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

func (d *decoder) literal(word string, v any) (any, bool) {
	if len(d.text)-d.at < len(word) || string(d.text[d.at:d.at+len(word)]) != word {
		return d.syntax("a value")
	}
	d.at += len(word)
	return v, true
}

// mostAhead is the number of members or items to preallocate at most.
const mostAhead = 32

func (d *decoder) object(depth int) (any, bool) {
	d.at++
	d.space()
	if d.at < len(d.text) && d.text[d.at] == '}' {
		d.at++
		return d.none, true
	}
	level := min(depth, len(d.members)-1)
	members := make(map[string]any, d.members[level])
	if !d.holds(objectSize) {
		return nil, false
	}
	for {
		d.space()
		if d.at >= len(d.text) || d.text[d.at] != '"' {
			return d.syntax("a member name")
		}
		name, ok := d.name()
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
		if !d.holds(memberSize) {
			return nil, false
		}
		d.space()
		if d.at >= len(d.text) {
			return d.syntax("a comma or }")
		}
		switch d.text[d.at] {
		case ',':
			d.at++
		case '}':
			d.at++
			d.members[level] = min(len(members), mostAhead)
			return members, true
		default:
			return d.syntax("a comma or }")
		}
	}
}

func (d *decoder) array(depth int) (any, bool) {
	d.at++
	d.space()
	if d.at < len(d.text) && d.text[d.at] == ']' {
		d.at++
		return d.empty, true
	}
	level := min(depth, len(d.items)-1)
	items := make([]any, 0, d.items[level])
	if !d.holds(arraySize) {
		return nil, false
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
		if !d.holds(itemSize) {
			return nil, false
		}
		d.space()
		if d.at >= len(d.text) {
			return d.syntax("a comma or ]")
		}
		switch d.text[d.at] {
		case ',':
			d.at++
		case ']':
			d.at++
			d.items[level] = min(len(items), mostAhead)
			return items, true
		default:
			return d.syntax("a comma or ]")
		}
	}
}
