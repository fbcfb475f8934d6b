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

// Exporters deviate from HAR in details: null sizes, numbers in quotes, cookies in
// another form. A file is not refused for properties that are not needed.

// Properties that are only written. Any value is accepted when reading.
type (
	label   string
	pairs   []pair
	unknown struct{} // a size, written as -1
)

func (*label) UnmarshalJSON([]byte) error   { return nil }
func (*pairs) UnmarshalJSON([]byte) error   { return nil }
func (*unknown) UnmarshalJSON([]byte) error { return nil }
func (*timings) UnmarshalJSON([]byte) error { return nil }

// A text is a string. A number or boolean is read as its JSON text, anything else as "".
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		if inner := data[1 : len(data)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
			*t = text(inner) // this is called a dozen times for the headers of an entry
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

// A number may be in quotes. Anything else is read as -1, which in HAR means unknown.
type number float64

func (n *number) UnmarshalJSON(data []byte) error {
	f, err := strconv.ParseFloat(strings.Trim(string(data), `"`), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		f = -1
	}
	*n = number(f)
	return nil
}

// A flag is set unless the value is false, null, 0 or empty.
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

// A cache says whether the response comes from a cache. HAR 1.2 has the states of the
// cache before and after the request. Browsers write them for cached responses only;
// Firefox writes only afterRequest, as null, if it knows no more.
type cache bool

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

// withPairs returns an entry with its headers in the form of HAR, where they are lists of
// two (as Slack writes them) or an object.
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
