package redact

import (
	"sync"
	"sync/atomic"
)

// texts is a set of texts that stops growing. It is safe for concurrent use; the zero
// value is empty.
type texts struct {
	set   sync.Map
	bytes atomic.Int64
}

// Bounds of what is remembered, in bytes: of one text (a page of a list has less) and of
// all.
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
		t.bytes.Add(int64(len(s)) + 64) // and what the set needs for it
	}
}
