package markdown

import (
	"fmt"
	"strings"
)

// How long a text may be: a comment on GitHub holds 65,536 characters, a step
// summary 1 MiB. Some room is left for what a job adds.
const (
	CommentLimit = 60_000
	SummaryLimit = 1_000_000
)

// A Builder is a text in the making, of at most limit bytes.
type Builder struct {
	strings.Builder
	Limit int
	Full  bool // something did not fit
}

// tail is the room for what has to be said when the text is full.
const tail = 200

// Fits reports whether s and more bytes after it fit.
func (m *Builder) Fits(s string, more int) bool {
	return m.Len()+len(s)+more+tail <= m.Limit
}

// Printf writes a part, if there is room for it.
func (m *Builder) Printf(format string, args ...any) bool {
	s := fmt.Sprintf(format, args...)
	if m.Full = m.Full || !m.Fits(s, 0); m.Full {
		return false
	}
	m.WriteString(s)
	return true
}

// Must writes what ends a part; the room for it was kept.
func (m *Builder) Must(format string, args ...any) { fmt.Fprintf(m, format, args...) }
