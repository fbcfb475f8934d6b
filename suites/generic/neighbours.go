package generic

import (
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// neighbours finds operations by their place in the document, so that none has to search
// all others.
type neighbours struct {
	turn    map[*spec.Operation]int      // its position
	at      map[string][]*spec.Operation // by path
	creates map[string]*spec.Operation   // POST, by path
	adds    map[string][]*spec.Operation // POST, by the last segment of its path; those to a path without parameters first
	reads   map[string][]single          // GET, by the path of the collection
	removes map[string][]single          // DELETE, by the path of the collection
}

// A single is an operation on one thing of a collection, with the name of the path
// parameter that identifies it.
type single struct {
	op   *spec.Operation
	name string
}

func newNeighbours(operations []*spec.Operation) *neighbours {
	var inner []*spec.Operation
	n := &neighbours{turn: map[*spec.Operation]int{}, at: map[string][]*spec.Operation{}, creates: map[string]*spec.Operation{}, adds: map[string][]*spec.Operation{}, reads: map[string][]single{}, removes: map[string][]single{}}
	for i, o := range operations {
		n.turn[o] = i
		n.at[o.Path] = append(n.at[o.Path], o)
		path := trimmed(o.Path)
		if o.Method == http.MethodPost && o.Effect == spec.Writes && n.creates[path] == nil {
			n.creates[path] = o
		}
		names := spec.Placeholders(o.Path)
		switch {
		case n.creates[path] != o || strings.HasSuffix(path, "}"):
		case len(names) == 0:
			n.adds[lastSegment(path)] = append(n.adds[lastSegment(path)], o)
		default:
			inner = append(inner, o)
		}
		if len(names) == 0 {
			continue
		}
		last := single{o, names[len(names)-1]}
		all := trimmed(collection(o.Path, last.name))
		if o.Method == http.MethodGet && strings.HasSuffix(path, "/{"+last.name+"}") {
			n.reads[all] = append(n.reads[all], last)
		}
		if o.Method == http.MethodDelete && strings.HasSuffix(path, "{"+last.name+"}") {
			n.removes[all] = append(n.removes[all], last)
		}
	}
	for _, o := range inner {
		n.adds[lastSegment(o.Path)] = append(n.adds[lastSegment(o.Path)], o)
	}
	return n
}

// first reports whether an operation is the first of its path.
func (s *suite) first(o *spec.Operation) bool { return s.near.at[o.Path][0] == o }

// sibling returns the operation with another method on the same path, nil if there is
// none.
func (s *suite) sibling(o *spec.Operation, method string) *spec.Operation {
	for _, other := range s.near.at[o.Path] {
		if other.Method == method {
			return other
		}
	}
	return nil
}

// creation returns the operation that adds to the collection at the end of a path, nil if
// there is none.
func (s *suite) creation(o *spec.Operation, name string) *spec.Operation {
	return s.near.creates[trimmed(collection(o.Path, name))]
}

// maker is the creation of what a path names, by its id or by another property.
func (s *suite) maker(o *spec.Operation, name string) *spec.Operation {
	if create := s.creation(o, name); create != nil {
		return create
	}
	if path, ok := byProperty(o.Path, name); ok {
		return s.near.creates[trimmed(path)]
	}
	return nil
}

// removal returns the operation that deletes what another creates, with the name of the
// path parameter that identifies it; nil if there is none.
func (s *suite) removal(create *spec.Operation) (o *spec.Operation, last string) {
	if create.Method != http.MethodPost {
		return nil, ""
	}
	for _, one := range s.near.removes[trimmed(create.Path)] {
		if s.missing(one.op) == "" {
			return one.op, one.name
		}
	}
	return nil, ""
}

// item is the operation that reads what is in the collection of an operation, nil if
// there is none.
func (s *suite) item(o *spec.Operation) *spec.Operation {
	for _, one := range s.near.reads[trimmed(o.Path)] {
		if s.creation(one.op, one.name) == o {
			return one.op
		}
	}
	return nil
}
