package markdown

import (
	"fmt"
	"strings"
)

// Limits of a text in bytes: a GitHub comment holds 65,536 characters, a step summary 1
// MiB. They leave some room for what a job adds.
const (
	CommentLimit = 60_000
	SummaryLimit = 1_000_000
)

// A Builder builds a text of at most Limit bytes.
type Builder struct {
	strings.Builder
	Limit int
	Full  bool // something did not fit
}

// tail is the room reserved for the notice that the text is full.
const tail = 200

// Fits reports whether s and more bytes after it fit.
func (m *Builder) Fits(s string, more int) bool {
	return m.Len()+len(s)+more+tail <= m.Limit
}

// Printf appends a part if it fits, and reports whether it did; after a part that did not
// fit, none is appended.
func (m *Builder) Printf(format string, args ...any) bool {
	s := fmt.Sprintf(format, args...)
	if m.Full = m.Full || !m.Fits(s, 0); m.Full {
		return false
	}
	m.WriteString(s)
	return true
}

// Must appends the end of a part, for which room was reserved.
func (m *Builder) Must(format string, args ...any) { fmt.Fprintf(m, format, args...) }
