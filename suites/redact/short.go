package redact

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
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

// someHeaders returns the headers that reports show, in the order in which they show them,
// and how many others there are.
func someHeaders(h http.Header) (some http.Header, more int) {
	lines := 0
	for _, values := range h {
		lines += len(values)
	}
	if lines <= headersKept {
		return h, 0
	}
	some = http.Header{}
	kept := 0
	for _, name := range slices.Sorted(maps.Keys(h)) {
		n := min(len(h[name]), headersKept-kept)
		if n > 0 {
			some[name] = h[name][:n]
		}
		kept, more = kept+n, more+len(h[name])-n
	}
	return some, more
}
