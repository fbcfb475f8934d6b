package sample

import "slices"

// A Description is what a schema says of one property.
type Description struct {
	About     string // the descriptions
	Text      bool   // a string of any content
	Moment    bool   // a string of a format that is written in more than one way
	Required  bool
	WriteOnly bool
	Default   bool // it has one
	Example   bool // it has one, or a default
	Hidden    bool // values of this direction lack it
}

// Described returns what the schema at a pointer says of the property at a path of names;
// ok is false if it does not have it.
func (m *Maker) Described(pointer string, path ...string) (d Description, ok bool) {
	at, ok := m.set.Resolve(pointer)
	if !ok || len(path) == 0 {
		return d, false
	}
	return m.described([]string{at}, path)
}

func (m *Maker) described(pointers, path []string) (d Description, ok bool) {
	for choice := range choices {
		f := &facts{m: m, choice: choice, meant: map[string]string{}}
		for _, p := range pointers {
			f.add(p)
		}
		if inner := f.properties[path[0]]; inner != nil {
			if len(path) > 1 {
				return m.described(inner, path[1:])
			}
			of := f.of(path[0])
			return Description{
				About:     of.about,
				Text:      slices.Contains(of.types, "string") && len(of.formats)+len(of.pattern) == 0 && !of.limited,
				Moment:    len(of.formats) > 0 && slices.Contains(of.types, "string"),
				Required:  slices.Contains(f.required, path[0]),
				WriteOnly: f.marked(path[0], "writeOnly"),
				Default:   len(of.defaults) > 0,
				Example:   len(of.shown) > 0,
				Hidden:    f.isHidden(path[0]),
			}, true
		}
		if choice >= f.choices {
			break
		}
	}
	return d, false
}

// Takes reports whether the property at a path of names may have a value in an object, in one of
// the alternatives of the schema at a pointer that the object meets. What the schema does not
// have may have any.
func (m *Maker) Takes(pointer string, in, value any, path ...string) bool {
	at, ok := m.set.Resolve(pointer)
	if !ok || len(path) == 0 {
		return true
	}
	found, takes := m.takes([]string{at}, in, value, path)
	return takes || !found
}

func (m *Maker) takes(pointers []string, in, value any, path []string) (found, takes bool) {
	if len(path) == 0 {
		return true, m.meetsAll(pointers, value)
	}
	o, shown := in.(map[string]any)
	for choice := range choices {
		f := &facts{m: m, choice: choice, meant: map[string]string{}}
		for _, p := range pointers {
			f.add(p)
		}
		other := shown && f.choices > 0 && !m.meetsAll(f.seen, in)
		if inner := f.properties[path[0]]; inner != nil {
			if found = true; !other {
				if _, ok := m.takes(inner, o[path[0]], value, path[1:]); ok {
					return true, true
				}
			}
		}
		if choice >= f.choices {
			break
		}
	}
	return found, false
}

func (m *Maker) meetsAll(pointers []string, value any) bool {
	return !slices.ContainsFunc(pointers, func(p string) bool { return m.set.Compile(p).Validate(value) != nil })
}
