package har

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// Exporters disagree about the small print: sizes that are null, numbers in
// quotes, cookies in a form of their own. A file is not refused for what nobody
// asks it.

// Members that are written only. Reading one passes over whatever is there.
type (
	label   string
	pairs   []pair
	empty   struct{}
	unknown struct{} // a size: -1
)

func (*label) UnmarshalJSON([]byte) error   { return nil }
func (*pairs) UnmarshalJSON([]byte) error   { return nil }
func (*empty) UnmarshalJSON([]byte) error   { return nil }
func (*unknown) UnmarshalJSON([]byte) error { return nil }
func (*timings) UnmarshalJSON([]byte) error { return nil }

func (unknown) MarshalJSON() ([]byte, error) { return []byte("-1"), nil }

// A text is a string; a number or a boolean reads as its JSON text, anything
// else as nothing.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
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
