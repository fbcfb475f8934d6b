package spec

import (
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// An Output is one media type of a successful response.
type Output struct {
	Status string // as documented: "200", "2XX"
	Type   string // as documented, with its parameters; may be a range
	Schema string // pointer, "" without a schema
}

// Outputs returns the media types of the successful responses of the operation, in the
// order of the document.
func (c *Contract) Outputs(o *Operation) (list []Output) {
	for _, status := range o.Statuses {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		at, _, ok := c.base.Resolve(o.pointer + "/responses/" + escapeToken(status))
		if !ok {
			continue
		}
		_, all, ok := c.base.Resolve(at + "/content")
		if !ok || all.Kind != document.Mapping {
			continue
		}
		for i := 0; i+1 < len(all.Content); i += 2 {
			name := all.Content[i].Value
			list = append(list, Output{status, name, inputReader{c.base}.schema(at + "/content/" + escapeToken(name))})
		}
	}
	return list
}
