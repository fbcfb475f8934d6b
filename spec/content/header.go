package content

import "strings"

// Simple reads a header value of style simple (OpenAPI 3.1 section 4.8.12.4, RFC 6570
// simple expansion) as the value that its schema describes: a list, an object, or a
// scalar.
func (f *Form) Simple(lines []string, explode bool) any {
	text := strings.Join(lines, ",") // lines of one header form one list (RFC 9110 section 5.3)
	switch {
	case f.Types["array"]:
		items := []any{}
		for part := range parts(text) {
			items = append(items, f.items().Scalar(part))
		}
		return items
	case f.Types["object"]:
		return f.object(text, explode)
	}
	return f.Scalar(lines[0])
}

func (f *Form) object(text string, explode bool) any {
	object := map[string]any{}
	name, waits := "", false
	for part := range parts(text) {
		if explode {
			name, value, ok := strings.Cut(part, "=")
			if !ok {
				return text
			}
			object[name] = f.property(name).Scalar(value)
		} else if waits = !waits; waits {
			name = part
		} else {
			object[name] = f.property(name).Scalar(part)
		}
	}
	if waits {
		return text // a name without a value
	}
	return object
}

// parts yields the trimmed parts of a list; an empty text has none.
func parts(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if strings.TrimSpace(text) == "" {
			return
		}
		for part := range strings.SplitSeq(text, ",") {
			if !yield(strings.TrimSpace(part)) {
				return
			}
		}
	}
}
