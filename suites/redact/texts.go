package redact

import "sync"

// texts is a set of texts with a limit on its size. It is safe for concurrent use; the
// zero value is empty.
type texts struct {
	mu    sync.RWMutex
	set   map[string]struct{}
	bytes int
}

// Limits of the set in bytes: for one text (a page of a list is shorter) and for all
// together.
const (
	rememberedText = 16 << 10
	rememberedAll  = 4 << 20
)

func (t *texts) has(s string) bool {
	if len(s) > rememberedText {
		return false
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	_, ok := t.set[s]
	return ok
}

func (t *texts) add(s string) {
	if len(s) > rememberedText {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bytes >= rememberedAll {
		return
	}
	if t.set == nil {
		t.set = map[string]struct{}{}
	}
	t.set[s] = struct{}{}
	t.bytes += len(s) + 64 // the entry itself
}
