package generic

import (
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// naming is the PUT that makes what is read, where nothing else makes it and the document
// can delete it again: whoever makes it chooses its name.
func (s *suite) naming(o *spec.Operation, name string) *spec.Operation {
	put, p := s.sibling(o, http.MethodPut), s.pathInput(o, name)
	if put == nil || put.Effect != spec.Writes || p == nil || s.sibling(o, http.MethodDelete) == nil {
		return nil
	}
	sampler, err := s.build.Sampler()
	if err != nil {
		return nil
	}
	if _, coined := s.coined(put, *p, 0); !coined && !sampler.Meets(p.Schema, ownNaming) {
		return nil
	}
	return put
}

// makerOf is the POST that makes what is read, in its collection or within another thing.
func (s *suite) makerOf(o *spec.Operation, name string) *spec.Operation {
	if create := s.creation(o, name); create != nil {
		return create
	}
	return s.withinAnother(o, name)
}

// withinAnother is the one POST that makes what is read, in a collection of the same name
// that is within another thing. Its answer has the schema of what is read.
func (s *suite) withinAnother(o *spec.Operation, name string) (create *spec.Operation) {
	path := trimmed(collection(o.Path, name))
	sampler, err := s.build.Sampler()
	if err != nil {
		return nil
	}
	for _, other := range s.env.Contract.Operations() {
		if other.Method != http.MethodPost || other.Effect != spec.Writes || !strings.HasSuffix(trimmed(other.Path), "}/"+path[strings.LastIndex(path, "/")+1:]) || !s.shows(sampler, other, o) {
			continue
		}
		if create != nil {
			return nil
		}
		create = other
	}
	return create
}

// shows reports whether a creation answers with what another operation reads.
func (s *suite) shows(sampler *spec.Sampler, create, read *spec.Operation) bool {
	for _, made := range s.env.Contract.Outputs(create) {
		for _, out := range s.env.Contract.Outputs(read) {
			if (made.Status == "201" || made.Status == "202") && out.Status == "200" && isJSON(made.Type) && isJSON(out.Type) && made.Schema != "" && sampler.Same(made.Schema, out.Schema) {
				return true
			}
		}
	}
	return false
}
