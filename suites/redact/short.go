package redact

import (
	"fmt"

	"github.com/hostup/api-conformance/reporters"
)

// What a result keeps of one text and of one head. A target may name a property with
// megabytes, and each finding, each place and each format would repeat them.
const (
	textKept    = 4 << 10
	headersKept = 100
)

// short returns what a result keeps of a redacted text: all of it or, of a long one, its
// beginning and its length.
func short(s string) string {
	if len(s) <= textKept {
		return s
	}
	return fmt.Sprintf("%s… (%d bytes)", cut([]byte(s), textKept), len(s))
}

// Place returns a place in responses without secrets, shortened.
func (r *Redactor) Place(where string) string { return short(r.Text(where)) }

// shorten shortens what reports show of the head of m.
func shorten(m *reporters.Message) {
	m.Line = short(m.Line)
	if more := len(m.Headers) - headersKept; more > 0 {
		m.Headers, m.HeadersCut = m.Headers[:headersKept:headersKept], more
	}
	for i := range m.Headers {
		h := &m.Headers[i]
		h.Name, h.Value = short(h.Name), short(h.Value)
	}
}
