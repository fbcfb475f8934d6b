package spec

import (
	"strconv"
	"strings"
)

// at follows a path into a decoded value; nil when it leads nowhere.
func at(v any, path []string) any {
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

// jsonPath writes a path as findings show it: $.entries[0].amount.
func jsonPath(v any, path []string) string {
	var b strings.Builder
	b.WriteByte('$')
	for _, t := range path {
		if _, isArray := v.([]any); isArray {
			b.WriteString("[" + t + "]")
		} else if plainName(t) {
			b.WriteString("." + t)
		} else {
			b.WriteString("[" + strconv.Quote(t) + "]")
		}
		v = at(v, []string{t})
	}
	return b.String()
}

func plainName(t string) bool {
	for i, c := range t {
		if !(c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && '0' <= c && c <= '9') {
			return false
		}
	}
	return t != ""
}
