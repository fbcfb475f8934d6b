package request

import (
	"maps"
	"slices"
)

// Renamed returns d with suffix appended to every free text of its body: a target may
// require names to be unique, and its response then shows what was changed. ok is false
// if nothing was changed. A body given with --data, and values that are also in the path,
// are left alone.
func (b *Builder) Renamed(d Draft, suffix string) (renamed Draft, ok bool) {
	return b.edited(d, func(was string, meets func(string) bool) (string, bool) {
		return was + suffix, was != "" && meets(was+suffix)
	})
}

// Reshaped is a draft with others of the same shape in place of the texts of its body
// that can have nothing behind them: numbers of books or of organisations, of which a
// target may have each once, too. Digits give the first ones of the text that replaces.
func (b *Builder) Reshaped(d Draft, suffix string) (reshaped Draft, ok bool) {
	return b.edited(d, func(was string, meets func(string) bool) (string, bool) {
		if was == "" || meets(was+suffix) {
			return was + suffix, was != ""
		}
		for from := range was { // the beginning may be fixed: 978 of a book
			if other := was[:from] + shaped(was[from:], suffix); other != was && meets(other) {
				return other, true
			}
		}
		return "", false
	})
}

// shaped is a text with other digits: those that a suffix gives.
func shaped(was, suffix string) string {
	at, text := 0, []byte(was)
	for i, c := range text {
		if c < '0' || c > '9' || suffix == "" {
			continue
		}
		text[i] = '0' + (c-'0'+suffix[at%len(suffix)])%10
		at++
	}
	return string(text)
}

func (b *Builder) edited(d Draft, text func(was string, meets func(string) bool) (string, bool)) (edited Draft, ok bool) {
	s, err := b.sampler()
	o, isObject := d.body.(map[string]any)
	if _, given := b.data[d.Operation.ID+".body"]; err != nil || !isObject || given {
		return d, false
	}
	e := editor{s: s, schema: d.media.Schema, root: copied(o), fixed: s.Discriminators(d.media.Schema), text: text}
	if !e.edit(e.root) {
		return d, false
	}
	edited = b.withPath(s, d.WithBody(e.root))
	return edited, jsonText(edited.body) != jsonText(d.body)
}

// copied returns o with copies of the objects in it.
func copied(o map[string]any) map[string]any {
	c := maps.Clone(o)
	for name, v := range c {
		switch x := v.(type) {
		case map[string]any:
			c[name] = copied(x)
		case []any:
			list := slices.Clone(x)
			for i := range list {
				if inner, ok := list[i].(map[string]any); ok {
					list[i] = copied(inner)
				}
			}
			c[name] = list
		}
	}
	return c
}
