package sample

// Defaults returns the defaults of the properties of the schema at a pointer, by name.
func (m *Maker) Defaults(pointer string) map[string]any {
	of := map[string]any{}
	f := m.facts(pointer)
	for _, name := range f.names {
		if d := f.of(name).defaults; len(d) == 1 && !f.isHidden(name) {
			of[name] = d[0]
		}
	}
	return of
}

// Hidden returns values for the properties of the schema at a pointer that values of this
// direction lack, by name.
func (m *Maker) Hidden(pointer string, n int) map[string]any {
	values := map[string]any{}
	f := m.facts(pointer)
	for _, name := range f.names {
		if !f.isHidden(name) {
			continue
		}
		if v, ok := m.make(f.properties[name], n, 1); ok {
			values[name] = v
		}
	}
	return values
}

// of returns the facts of a property.
func (f *facts) of(name string) *facts {
	of := &facts{m: f.m, meant: map[string]string{}}
	for _, p := range f.properties[name] {
		of.add(p)
	}
	return of
}
