package generic

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// A source is a read whose response shows values of a parameter.
type source struct {
	op         *spec.Operation
	expression string // of a Link Object
	path       string // of the things that it lists, where that is not the path of the operation that asks
	name       string // of the parameter for them in that path, where that is not the one that is asked for
	property   bool   // only the property with the name of the parameter is meant, not the id
}

// sources returns, in this order: links of the document, the collection that the path
// belongs to, that of another path with a parameter of the same name, and the collection
// that the parameter is named after.
func (s *suite) sources(o *spec.Operation, p spec.Input) (list []source) {
	x := s.index()
	if p.In != "path" {
		return s.referred(x, o, p)
	}
	for _, l := range x.links[o.ID] {
		if l.op != o && (l.parameter == p.Name || l.parameter == request.InputName(p)) {
			list = append(list, source{op: l.op, expression: l.expression})
		}
	}
	add := func(ops []*spec.Operation) {
		for _, other := range ops {
			if other != o {
				list = append(list, source{op: other})
			}
		}
	}
	own := trimmed(collection(o.Path, p.Name))
	add(x.reads[own])
	if above, ok := byProperty(o.Path, p.Name); ok {
		for _, other := range x.reads[trimmed(above)] {
			list = append(list, source{op: other, property: true})
		}
	}
	if name := generalName(p.Name); name != "id" {
		for _, path := range x.holders[p.Name] {
			if path != own {
				add(x.reads[path])
			}
		}
	}
	for _, name := range plurals(stem(p.Name)) {
		add(x.named[name])
	}
	return list
}

// stem is the kind of thing that a parameter names: "pet" of petId.
func stem(name string) string { return strings.TrimSuffix(generalName(name), "id") }

// lastSegment is the last part of a path, as the name of a collection.
func lastSegment(path string) string {
	path = trimmed(path)
	return generalName(path[strings.LastIndex(path, "/")+1:])
}

// plurals are the names of a collection of things of a kind, and that of the kind.
func plurals(stem string) []string {
	if stem == "" {
		return nil
	}
	return slices.Compact([]string{stem, stem + "s", stem + "es", strings.TrimSuffix(stem, "y") + "ies"})
}

// referred are the collections of the things that a member of a body, or a parameter of
// the query, refers to: by the name of the parameter that follows them in a path, or by
// their own. What an operation makes is not looked for, nor what has its name.
func (s *suite) referred(x *index, o *spec.Operation, p spec.Input) (list []source) {
	add := func(ops []*spec.Operation) {
		for _, other := range ops {
			if other != o && (p.In != "body" || trimmed(other.Path) != trimmed(o.Path)) {
				list = append(list, source{op: other, path: trimmed(other.Path) + "/{" + p.Name + "}"})
			}
		}
	}
	name := strings.TrimSuffix(generalName(p.Name), "s")
	refers := request.Refers(p.Name)
	if !refers && (p.In != "body" || slices.Contains(spec.Placeholders(o.Path), p.Name)) {
		return nil
	}
	if name == "parent" || stem(name) == "parent" {
		list = s.alike(x, o, p)
	}
	if !refers {
		list = append(list, s.things(x, o, p)...)
		if slices.Contains(ownWords, name) {
			return list
		}
	}
	for _, holder := range slices.Sorted(maps.Keys(x.holders)) {
		if generalName(holder) != name {
			continue
		}
		for _, path := range x.holders[holder] {
			if refers || !strings.HasPrefix(o.Path, path) {
				add(x.reads[path])
			}
		}
	}
	if !refers {
		return list
	}
	of := stem(strings.TrimSuffix(name, "uuid"))
	for _, plural := range plurals(of) {
		add(x.named[plural])
	}
	return list
}

// alike are the collections of what an operation makes, or of what its path names: a parent
// is a thing of the same kind.
func (s *suite) alike(x *index, o *spec.Operation, p spec.Input) (list []source) {
	if o.Method != http.MethodPost {
		return nil
	}
	own := slices.Clone(x.reads[trimmed(o.Path)])
	if names := spec.Placeholders(o.Path); len(names) > 0 {
		own = append(own, x.reads[trimmed(collection(o.Path, names[len(names)-1]))]...)
	}
	for _, other := range own {
		list = append(list, source{op: other, path: trimmed(other.Path) + "/{" + p.Name + "}"})
	}
	return list
}

// things are the collections whose single thing has the name of a member of a body, where
// the document has an address for that: "category" beside /categories/{slug}.
func (s *suite) things(x *index, o *spec.Operation, p spec.Input) (list []source) {
	for _, plural := range plurals(generalName(p.Name))[1:] {
		for _, other := range x.named[plural] {
			for _, item := range x.items[trimmed(other.Path)] {
				if trimmed(other.Path) != trimmed(o.Path) {
					names := spec.Placeholders(item)
					list = append(list, source{op: other, path: item, name: names[len(names)-1]})
				}
			}
		}
	}
	return list
}

// ownWords are names of path parameters that things of every kind have for themselves.
var ownWords = []string{
	"id", "name", "title", "type", "kind", "status", "state", "key", "value", "text", "label", "tag", "category", "description", "date", "year", "month", "day",
	"version", "language", "lang", "locale", "format", "path", "file", "filename", "email", "username", "user", "login", "password", "role", "code", "slug", "action", "count", "size",
}

// An index says where values may be found, so that no operation has to search all others.
type index struct {
	links   map[string][]link            // by the id of the target operation
	reads   map[string][]*spec.Operation // GET, by path
	holders map[string][]string          // collections by the name of the parameter that follows
	named   map[string][]*spec.Operation // GET, by the last segment of the path
	items   map[string][]string          // the paths of single things, by that of their collection
	adds    map[string]bool              // paths at which a POST makes something
	below   map[string]string            // by the path of a collection, the parameter of its things
}

type link struct {
	op                    *spec.Operation // its response has the link
	parameter, expression string
}

func (s *suite) newIndex() *index {
	x := &index{links: map[string][]link{}, reads: map[string][]*spec.Operation{}, holders: map[string][]string{}, named: map[string][]*spec.Operation{}, items: map[string][]string{}, adds: map[string]bool{}, below: map[string]string{}}
	held := map[[2]string]bool{}
	for _, o := range s.env.Contract.Operations() {
		for _, name := range spec.Placeholders(o.Path) {
			if path := trimmed(collection(o.Path, name)); !held[[2]string{name, path}] {
				held[[2]string{name, path}] = true
				x.holders[name] = append(x.holders[name], path)
			}
		}
		if path, names := trimmed(o.Path), spec.Placeholders(o.Path); len(names) > 0 && strings.HasSuffix(path, "/{"+names[len(names)-1]+"}") {
			x.below[trimmed(collection(path, names[len(names)-1]))] = names[len(names)-1]
		}
		if o.Method == "POST" && o.Effect == spec.Writes && o.Documents(http.StatusCreated) {
			x.adds[o.Path] = true
		}
		if o.Method == "GET" {
			path, last := trimmed(o.Path), lastSegment(o.Path)
			if names := spec.Placeholders(path); len(names) > 0 && strings.HasSuffix(path, "/{"+names[len(names)-1]+"}") {
				above := trimmed(collection(path, names[len(names)-1]))
				x.items[above] = append(x.items[above], o.Path)
			}
			x.named[last] = append(x.named[last], o)
			if o.Effect == spec.Reads {
				x.reads[path] = append(x.reads[path], o)
			}
		}
		if o.Effect != spec.Reads {
			continue
		}
		for _, l := range s.build.Inputs(o).Links {
			for _, parameter := range slices.Sorted(maps.Keys(l.Parameters)) {
				x.links[l.Operation] = append(x.links[l.Operation], link{o, parameter, l.Parameters[parameter]})
			}
		}
	}
	return x
}
