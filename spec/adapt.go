package spec

import (
	"slices"

	"github.com/pb33f/jsonschema/v6"
	"golang.org/x/text/message"
)

// An adapter rewrites compiled schemas for responses, in place: keywords that look at
// every item or property keep few errors, required omits writeOnly properties, and a
// discriminator selects among oneOf and anyOf.
type adapter struct {
	strict  bool // also assert what is only SHOULD
	done    map[*jsonschema.Schema]bool
	dynamic bool // one of them has a $dynamicRef
	accept  *sharedAcceptors
}

func newAdapter(strict bool) adapter {
	return adapter{strict: strict, done: map[*jsonschema.Schema]bool{}, accept: &sharedAcceptors{all: acceptors{}}}
}

// compiled returns a schema, rewritten. A $dynamicRef depends on the schemas that lead to
// it, so that only the library can judge it.
func (a *adapter) compiled(s *jsonschema.Schema) *compiled {
	a.adapt(s)
	if a.dynamic {
		return &compiled{s, byLibrary(s)}
	}
	return newCompiled(s, a.accept)
}

// adapt rewrites a schema and all that it refers to, each once.
func (a *adapter) adapt(s *jsonschema.Schema) {
	if s == nil || a.done[s] {
		return
	}
	a.done[s] = true
	a.dynamic = a.dynamic || s.DynamicRef != nil || s.RecursiveRef != nil
	for _, sub := range subschemas(s) {
		a.adapt(sub)
	}
	writeOnly := map[string]bool{}
	writeOnlyNames(s, writeOnly, map[*jsonschema.Schema]bool{})
	if len(writeOnly) > 0 {
		relax(s, writeOnly, map[*jsonschema.Schema]bool{})
	}
	if a.strict && s.WriteOnly {
		s.Extensions = append(s.Extensions, neverSent{})
	}
	a.bound(s)
	for i, ext := range s.Extensions {
		if d, ok := ext.(*discriminator); ok {
			s.Extensions[i] = d.over(s, a.strict)
		}
	}
}

// bound replaces the keywords that look at every item or property by extensions.
func (a *adapter) bound(s *jsonschema.Schema) {
	if s.DraftVersion < 2020 {
		return // it has its own $schema
	}
	if s.Items2020 != nil {
		s.Extensions = append(s.Extensions, eachItem{s.Items2020, len(s.PrefixItems)})
		s.Items2020 = nil
	}
	if s.Contains != nil {
		s.Extensions = append(s.Extensions, someItems{s.Contains, s.MinContains, s.MaxContains})
		s.Contains, s.MinContains, s.MaxContains = nil, nil, nil
	}
	if len(s.PatternProperties) > 0 || s.AdditionalProperties != nil || s.PropertyNames != nil {
		s.Extensions = append(s.Extensions, eachProperty{s.Properties, s.PatternProperties, s.AdditionalProperties, s.PropertyNames})
		s.PatternProperties, s.AdditionalProperties, s.PropertyNames = nil, nil, nil
	}
}

// sameValue returns the subschemas that apply to the value itself.
func sameValue(s *jsonschema.Schema) []*jsonschema.Schema {
	list := slices.Concat(s.AllOf, s.AnyOf, s.OneOf, []*jsonschema.Schema{s.Ref, s.If, s.Then, s.Else})
	if s.DynamicRef != nil {
		list = append(list, s.DynamicRef.Ref)
	}
	for _, sub := range s.DependentSchemas {
		list = append(list, sub)
	}
	return slices.DeleteFunc(list, func(s *jsonschema.Schema) bool { return s == nil })
}

// subschemas returns all direct subschemas of a schema.
func subschemas(s *jsonschema.Schema) []*jsonschema.Schema {
	list := append(sameValue(s), s.Not, s.PropertyNames, s.UnevaluatedProperties, s.Contains, s.Items2020, s.UnevaluatedItems, s.ContentSchema, s.RecursiveRef)
	list = append(list, s.PrefixItems...)
	for _, sub := range s.Properties {
		list = append(list, sub)
	}
	for _, sub := range s.PatternProperties {
		list = append(list, sub)
	}
	for _, any := range []any{s.AdditionalProperties, s.Items, s.AdditionalItems} {
		switch sub := any.(type) {
		case *jsonschema.Schema:
			list = append(list, sub)
		case []*jsonschema.Schema:
			list = append(list, sub...)
		}
	}
	return list
}

// writeOnlyNames collects the properties that are writeOnly in s or in its subschemas for
// the same value.
func writeOnlyNames(s *jsonschema.Schema, names map[string]bool, seen map[*jsonschema.Schema]bool) {
	if seen[s] {
		return
	}
	seen[s] = true
	for name, p := range s.Properties {
		if isWriteOnly(p, map[*jsonschema.Schema]bool{}) {
			names[name] = true
		}
	}
	for _, sub := range sameValue(s) {
		writeOnlyNames(sub, names, seen)
	}
}

// isWriteOnly reports whether a schema is writeOnly, itself or through $ref or allOf.
func isWriteOnly(s *jsonschema.Schema, seen map[*jsonschema.Schema]bool) bool {
	if s == nil || seen[s] {
		return false
	}
	seen[s] = true
	return s.WriteOnly || isWriteOnly(s.Ref, seen) || slices.ContainsFunc(s.AllOf, func(sub *jsonschema.Schema) bool { return isWriteOnly(sub, seen) })
}

// relax removes names from required, which then holds for requests only (JSON Schema
// validation section 9.4: writeOnly is never present in what is retrieved).
func relax(s *jsonschema.Schema, names map[string]bool, seen map[*jsonschema.Schema]bool) {
	if seen[s] {
		return
	}
	seen[s] = true
	s.Required = slices.DeleteFunc(slices.Clone(s.Required), func(name string) bool { return names[name] })
	for _, sub := range slices.Concat(s.AllOf, s.AnyOf, []*jsonschema.Schema{s.Ref, s.Then, s.Else}) {
		if sub != nil { // oneOf and if decide by required which schema applies
			relax(sub, names, seen)
		}
	}
}

// neverSent is writeOnly in a response.
type neverSent struct{}

func (neverSent) Validate(ctx *jsonschema.ValidatorContext, v any) {
	if v == nil || v == "" {
		return // a member that tells nothing
	}
	ctx.AddError(&contained{"writeOnly", "no such property in a response", "a value"}) // which may be a password
}

func (c *contained) KeywordPath() []string { return []string{c.keyword} }
func (c *contained) LocalizedString(p *message.Printer) string {
	return p.Sprintf("want %s, got %s", c.want, c.got)
}
func (c *additional) KeywordPath() []string { return []string{"additionalProperties"} }
func (c *additional) LocalizedString(p *message.Printer) string {
	return p.Sprintf("%d additional properties", c.count)
}
