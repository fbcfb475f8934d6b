package generic

import (
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// A source is a read whose response shows values of a parameter.
type source struct {
	op         *spec.Operation
	expression string // of a Link Object
}

// sources returns, in this order: links of the document, the collection that the path
// belongs to, that of another path with a parameter of the same name, and the collection
// that the parameter is named after.
func (s *suite) sources(o *spec.Operation, p spec.Input) (list []source) {
	x := s.index()
	for _, l := range x.links[o.ID] {
		if l.op != o && (l.parameter == p.Name || l.parameter == request.InputName(p)) {
			list = append(list, source{l.op, l.expression})
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
	if name := generalName(p.Name); name != "id" {
		for _, path := range x.holders[p.Name] {
			if path != own {
				add(x.reads[path])
			}
		}
	}
	if stem := strings.TrimSuffix(generalName(p.Name), "id"); stem != "" {
		for _, name := range slices.Compact([]string{stem, stem + "s", stem + "es", strings.TrimSuffix(stem, "y") + "ies"}) {
			add(x.named[name])
		}
	}
	return list
}

// An index says where values may be found, so that no operation has to search all others.
type index struct {
	links   map[string][]link            // by the id of the target operation
	reads   map[string][]*spec.Operation // GET, by path
	holders map[string][]string          // collections by the name of the parameter that follows
	named   map[string][]*spec.Operation // GET, by the last segment of the path
}

type link struct {
	op                    *spec.Operation // its response has the link
	parameter, expression string
}

func (s *suite) newIndex() *index {
	x := &index{links: map[string][]link{}, reads: map[string][]*spec.Operation{}, holders: map[string][]string{}, named: map[string][]*spec.Operation{}}
	held := map[[2]string]bool{}
	for _, o := range s.env.Contract.Operations() {
		for _, name := range spec.Placeholders(o.Path) {
			if path := trimmed(collection(o.Path, name)); !held[[2]string{name, path}] {
				held[[2]string{name, path}] = true
				x.holders[name] = append(x.holders[name], path)
			}
		}
		if o.Method == "GET" {
			path := trimmed(o.Path)
			last := generalName(path[strings.LastIndex(path, "/")+1:])
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
