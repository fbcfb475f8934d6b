package reporters

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

// A mdBuilder is a text in the making, of at most limit bytes.
type mdBuilder struct {
	strings.Builder
	limit int
	full  bool // something did not fit
}

// tail is the room for what has to be said when the text is full.
const tail = 200

func (m *mdBuilder) fits(s string, more int) bool {
	return m.Len()+len(s)+more+tail <= m.limit
}

// printf writes a part, if there is room for it.
func (m *mdBuilder) printf(format string, args ...any) bool {
	s := fmt.Sprintf(format, args...)
	if m.full = m.full || !m.fits(s, 0); m.full {
		return false
	}
	m.WriteString(s)
	return true
}

// must writes what ends a part; the room for it was kept.
func (m *mdBuilder) must(format string, args ...any) { fmt.Fprintf(m, format, args...) }
