package reporters

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// markdown is a text in the making.
type markdown struct {
	strings.Builder
	limit     int
	full      bool
	run       *Run
	catalogue map[string]spec.Requirement
}

// shownPlacesMarkdown is how many places a block names besides the first.
const shownPlacesMarkdown = 20

// tail is the room for what has to be said when the text is full.
const tail = 200

func (m *markdown) fits(s string, more int) bool {
	return m.Len()+len(s)+more+tail <= m.limit
}

// printf writes a part, if there is room for it.
func (m *markdown) printf(format string, args ...any) bool {
	s := fmt.Sprintf(format, args...)
	if m.full = m.full || !m.fits(s, 0); m.full {
		return false
	}
	m.WriteString(s)
	return true
}

// must writes what ends a part; the room for it was kept.
func (m *markdown) must(format string, args ...any) { fmt.Fprintf(m, format, args...) }
