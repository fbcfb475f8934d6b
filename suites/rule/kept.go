package rule

import (
	"context"
	"slices"
)

// A kept value is one that a spec makes once and takes back at its end.
type kept struct {
	value any
	undo  func()
}

// Keep returns what make has returned under this key, for the rest of the spec. When the
// spec ends, undo is called, that of the last value first. It must not end the spec.
func (t *T) Keep(key string, make func() (value any, undo func())) any {
	if k, known := t.keeping[key]; known {
		return k.value
	}
	value, undo := make()
	if t.keeping == nil {
		t.keeping = map[string]kept{}
	}
	t.keeping[key] = kept{value, undo}
	t.keys = append(t.keys, key)
	return value
}

// letGo takes back what the spec keeps.
func (t *T) letGo() {
	for len(t.keys) > 0 {
		last := len(t.keys) - 1
		k := t.keeping[t.keys[last]]
		delete(t.keeping, t.keys[last])
		t.keys = t.keys[:last]
		k.undo()
	}
}

// Keeps is how many values the spec keeps.
func (t *T) Keeps() int { return len(t.keys) }

// AtEnd calls undo after the last spec of this process, that of the last call first: it
// takes back what the spec has made for others, too.
func (t *T) AtEnd(undo func(late *T)) {
	t.Env.AtEnd(func(ctx context.Context) {
		t.mu.Lock()
		late := &T{Context: ctx, Env: t.Env, name: t.name, about: t.about, created: slices.Clone(t.created)}
		t.mu.Unlock()
		late.do(undo)
	})
}
