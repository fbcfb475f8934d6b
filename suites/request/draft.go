package request

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/http/httpguts"

	"github.com/hostup/api-conformance/spec"
)

// A Draft is a request for an operation before encoding. It is never modified; its With
// and Without methods return changed copies.
type Draft struct {
	Operation *spec.Operation
	Inputs    spec.Inputs

	find   Find           // for what the body refers to, nil for nothing
	values map[string]any // by InputName; a parameter that is missing is not sent
	media  *spec.MediaInput
	body   any
}

// InputName returns the location and name of a parameter: "query.limit". It is unique in
// an operation.
func InputName(p spec.Input) string { return p.In + "." + p.Name }

// With returns a copy of d with the value for the parameter.
func (d Draft) With(p spec.Input, value any) Draft {
	d.values = maps.Clone(d.values)
	d.values[InputName(p)] = value
	return d
}

// Without returns a copy of d without the parameter.
func (d Draft) Without(p spec.Input) Draft {
	d.values = maps.Clone(d.values)
	delete(d.values, InputName(p))
	return d
}

// Value returns the value of the parameter; ok is false if it is not sent.
func (d Draft) Value(p spec.Input) (value any, ok bool) {
	value, ok = d.values[InputName(p)]
	return value, ok
}

// Body returns the value of the body and its media type, nil without a body.
func (d Draft) Body() (value any, media *spec.MediaInput) { return d.body, d.media }

// WithBody returns a copy of d with another body value of the same media type.
func (d Draft) WithBody(value any) Draft { d.body = value; return d }

// WithoutBody returns a copy of d without a body.
func (d Draft) WithoutBody() Draft { d.body, d.media = nil, nil; return d }

// A MissingError says which input of an operation has no value.
type MissingError struct {
	Operation string // "GET /pets/{petId}"
	Input     string // "path parameter petId"
	Data      string // the name to use with --data
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("no value was found for the %s of %s: give one with --data %s=…", e.Input, e.Operation, e.Data)
}

// A Find looks up a value for a path parameter in responses of the target.
type Find func(o *spec.Operation, p spec.Input) (value any, ok bool)

// A Builder builds requests for the operations of a contract. It is safe for concurrent
// use.
type Builder struct {
	contract *spec.Contract
	sampler  func() (*spec.Sampler, error)
	data     map[string]string

	mu      sync.Mutex
	inputs  map[string]spec.Inputs
	accepts map[string]string // media types that requests prefer, by operation
}

// New returns a Builder for c. data holds lines of name=value. A name is that of a
// parameter ("petId"), with its location ("path.petId") or its operation ("getPet.petId")
// in front; "createPet.body" is a whole body.
func New(c *spec.Contract, data string) *Builder {
	b := &Builder{contract: c, sampler: sync.OnceValues(c.Sampler), data: map[string]string{}, inputs: map[string]spec.Inputs{}, accepts: map[string]string{}}
	for line := range strings.Lines(data) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			b.data[name] = value
		}
	}
	return b
}

// Inputs returns the inputs of an operation. They are read once and shared.
func (b *Builder) Inputs(o *spec.Operation) spec.Inputs {
	b.mu.Lock()
	defer b.mu.Unlock()
	in, ok := b.inputs[o.ID]
	if !ok {
		in = b.contract.Inputs(o)
		b.inputs[o.ID] = in
	}
	return in
}

// Sampler returns the sampler that makes and checks values of the document. The error is
// that of [spec.Contract.Sampler].
func (b *Builder) Sampler() (*spec.Sampler, error) { return b.sampler() }

// Draft returns a draft in which every required input has a value. find may be nil. The
// error is a *[MissingError], or that of [spec.Contract.Sampler].
func (b *Builder) Draft(o *spec.Operation, find Find) (Draft, error) {
	d := Draft{Operation: o, Inputs: b.Inputs(o), find: find, values: map[string]any{}}
	for _, p := range d.Inputs.Parameters {
		if !p.Required || Ignored(p) {
			continue
		}
		v, err := b.Value(o, p, find)
		if err != nil {
			return d, err
		}
		d.values[InputName(p)] = v
	}
	if d.Inputs.Body == nil || len(d.Inputs.Body.Media) == 0 {
		return d, nil
	}
	media, v, err := b.bodyValue(o, d.Inputs.Body)
	if err != nil {
		if !d.Inputs.Body.Required {
			return d, nil
		}
		return d, err
	}
	d.media, d.body = media, v
	s, err := b.sampler()
	if err != nil {
		return d, err
	}
	return b.withPath(s, b.withChange(s, d)), nil
}

// Ignored reports whether p is a header parameter that no request is built from: one of
// the three that OpenAPI ignores, because it describes them elsewhere, one that the
// message itself decides, or one that is no field name of HTTP.
func Ignored(p spec.Input) bool {
	switch http.CanonicalHeaderKey(p.Name) {
	case "Accept", "Content-Type", "Authorization", "Host", "Content-Length", "Transfer-Encoding", "Trailer", "Connection":
		return p.In == "header"
	}
	return p.In == "header" && !httpguts.ValidHeaderFieldName(p.Name)
}

// Value returns a value for the parameter. find may be nil. The errors are those of
// [Builder.Draft].
func (b *Builder) Value(o *spec.Operation, p spec.Input, find Find) (any, error) {
	s, err := b.sampler()
	if err != nil {
		return nil, err
	}
	for _, name := range []string{o.ID + "." + p.Name, InputName(p), p.Name} {
		if text, ok := b.data[name]; ok {
			return typed(s, p.Schema, text), nil
		}
	}
	if find != nil && (p.In == "path" || p.In == "query" && p.Required && Refers(p.Name)) {
		if v, ok := find(o, p); ok {
			return v, nil
		}
	}
	for _, good := range []func(string, any) bool{s.Meets, s.Shows} {
		for _, v := range p.Examples {
			if good(p.Schema, v) && fits(p, v) {
				return v, nil
			}
		}
	}
	if p.Schema == "" {
		return "1", nil
	}
	for n := range 3 {
		if v, err := s.Value(p.Schema, n); err == nil && fits(p, v) {
			return v, nil
		}
	}
	if v, err := s.Full(p.Schema, 0); err == nil && fits(p, v) {
		return v, nil
	}
	if v := (map[string]any{"name": "value"}); p.In == "path" && s.Meets(p.Schema, v) {
		return v, nil
	}
	if v, err := s.Value(p.Schema, 0); err == nil && p.In != "path" {
		return v, nil
	}
	return nil, &MissingError{Operation: o.Name(), Input: p.In + " parameter " + p.Name, Data: p.Name}
}

// fits reports whether v can be written at the location of p. An empty path segment would
// be another path, and an empty object or list is written as nothing (RFC 6570 section 2.3).
func fits(p spec.Input, v any) bool {
	switch x := v.(type) {
	case map[string]any:
		return len(x) > 0 || !p.Required || p.Media != "" && p.In != "path"
	case []any:
		return len(x) > 0 || !p.Required || p.Media != "" && p.In != "path"
	case nil:
		return p.In != "path"
	}
	return p.In != "path" || v != ""
}

// Given reports whether the user gave a value for the parameter.
func (b *Builder) Given(o *spec.Operation, p spec.Input) bool {
	return slices.ContainsFunc([]string{o.ID + "." + p.Name, InputName(p), p.Name}, func(name string) bool { return b.data[name] != "" })
}
