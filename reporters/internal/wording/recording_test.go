package wording

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
)

// TestUnreadableIsBounded: the summary stays one line, whatever a tool writes.
func TestUnreadableIsBounded(t *testing.T) {
	r := &reporters.Recording{UnreadableMore: 400}
	for i := range 100 {
		r.Unreadable = append(r.Unreadable, fmt.Sprintf("entries[%d] is null", i))
	}
	if s := recordingUnreadable(r); !strings.HasPrefix(s, "500 entries are left out") || !strings.HasSuffix(s, "entries[9] is null, and 490 more") {
		t.Error(s)
	}
	if s := recordingUnreadable(&reporters.Recording{Unreadable: []string{"entries[0] is null"}}); s != "1 entry is left out, because HAR has no such form: entries[0] is null" {
		t.Error(s)
	}
}
