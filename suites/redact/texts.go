package redact

import (
	"sync"
	"sync/atomic"
)

// texts is a set of texts with a limit on its size. It is safe for concurrent use; the
// zero value is empty.
type texts struct {
	set   sync.Map
	bytes atomic.Int64
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
	_, ok := t.set.Load(s)
	return ok
}

func (t *texts) add(s string) {
	if len(s) <= rememberedText && t.bytes.Load() < rememberedAll {
		t.set.Store(s, nil)
		t.bytes.Add(int64(len(s)) + 64) // the entry itself
	}
}
