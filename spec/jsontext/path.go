package jsontext

import (
	"strconv"
	"strings"
)

// At returns the value at a path in a decoded value; nil if there is none.
func At(v any, path []string) any {
	for _, t := range path {
		switch x := v.(type) {
		case map[string]any:
			v = x[t]
		case []any:
			i, err := strconv.Atoi(t)
			if err != nil || i < 0 || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// Path returns a path as findings show it: $.entries[0].amount.
func Path(v any, path []string) string {
	var b strings.Builder
	b.WriteByte('$')
	for _, t := range path {
		if _, isArray := v.([]any); isArray {
			b.WriteString("[" + t + "]")
		} else if Plain(t) {
			b.WriteString("." + t)
		} else {
			b.WriteString("[" + strconv.Quote(t) + "]")
		}
		v = At(v, []string{t})
	}
	return b.String()
}

// Plain reports whether a path needs no quotes around a property name.
func Plain(t string) bool {
	for i, c := range t {
		if !(c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && '0' <= c && c <= '9') {
			return false
		}
	}
	return t != ""
}
