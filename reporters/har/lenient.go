package har

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Exporters disagree about the small print: sizes that are null, numbers in
// quotes, cookies in a form of their own. A file is not refused for what nobody
// asks it.

// Members that are written only. Reading one passes over whatever is there.
type (
	label   string
	pairs   []pair
	unknown struct{} // a size: -1
)

func (*label) UnmarshalJSON([]byte) error   { return nil }
func (*pairs) UnmarshalJSON([]byte) error   { return nil }
func (*unknown) UnmarshalJSON([]byte) error { return nil }
func (*timings) UnmarshalJSON([]byte) error { return nil }

func (unknown) MarshalJSON() ([]byte, error) { return []byte("-1"), nil }

// A text is a string; a number or a boolean reads as its JSON text, anything
// else as nothing.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		if inner := data[1 : len(data)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
			*t = text(inner) // a header is read a dozen times for each entry
			return nil
		}
		return json.Unmarshal(data, (*string)(t))
	case 'n', '{', '[':
		*t = ""
	default:
		*t = text(data)
	}
	return nil
}

// A number is one, also in quotes; anything else reads as -1, which HAR uses for
// what is not known.
type number float64

func (n *number) UnmarshalJSON(data []byte) error {
	f, err := strconv.ParseFloat(strings.Trim(string(data), `"`), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		f = -1
	}
	*n = number(f)
	return nil
}

// A flag is whether a member says something: it is not false, null, 0 or empty.
type flag bool

func (f *flag) UnmarshalJSON(data []byte) error {
	switch string(data) {
	case "false", "null", "0", `""`, `"false"`, "{}", "[]":
		*f = false
	default:
		*f = true
	}
	return nil
}

// A cache is whether the answer comes from one: HAR 1.2 has the states of the
// cache before and after the request. Browsers write them for cached answers only;
// Firefox writes null after it, and nothing before, if it knows no more than that.
type cache bool

func (cache) MarshalJSON() ([]byte, error) { return []byte("{}"), nil }

func (c *cache) UnmarshalJSON(data []byte) error {
	var states map[string]json.RawMessage
	if data[0] != '{' || json.Unmarshal(data, &states) != nil {
		return nil
	}
	var before, after flag
	was, known := states["beforeRequest"]
	is, told := states["afterRequest"]
	if known {
		_ = before.UnmarshalJSON(was)
	}
	if told {
		_ = after.UnmarshalJSON(is)
	}
	*c = cache(bool(before || after) || told && !known && string(is) == "null")
	return nil
}

// withPairs is an entry whose headers are lists of two, as Slack writes them, or an
// object, with the pairs of HAR instead.
func withPairs(entry []byte) []byte {
	var members map[string]json.RawMessage
	if json.Unmarshal(entry, &members) != nil {
		return entry
	}
	for _, name := range []string{"request", "response"} {
		var message map[string]json.RawMessage
		if json.Unmarshal(members[name], &message) != nil {
			continue
		}
		list := []pair{}
		var twos [][2]text
		var object map[string]text
		switch {
		case json.Unmarshal(message["headers"], &twos) == nil:
			for _, h := range twos {
				list = append(list, pair{h[0], h[1]})
			}
		case json.Unmarshal(message["headers"], &object) == nil:
			for _, name := range slices.Sorted(maps.Keys(object)) {
				list = append(list, pair{text(name), object[name]})
			}
		default:
			continue
		}
		message["headers"], _ = json.Marshal(list)
		members[name], _ = json.Marshal(message)
	}
	changed, err := json.Marshal(members)
	if err != nil {
		return entry
	}
	return changed
}
