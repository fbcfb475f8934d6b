package spec

import (
	"strings"

	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/libopenapi-validator/openapi_vocabulary"
)

// vocabulary reads the keywords that OpenAPI 3.1 adds to JSON Schema.
func vocabulary() *jsonschema.Vocabulary {
	return &jsonschema.Vocabulary{
		URL: openapi_vocabulary.OpenAPIVocabularyURL,
		Compile: func(ctx *jsonschema.CompilerContext, object map[string]any) (jsonschema.SchemaExt, error) {
			if _, err := openapi_vocabulary.CompileNullable(ctx, object, openapi_vocabulary.Version31); err != nil {
				return nil, err
			}
			d, ok := object["discriminator"].(map[string]any)
			if !ok {
				return nil, nil
			}
			property, _ := d["propertyName"].(string)
			if property == "" {
				return nil, nil
			}
			named := &discriminator{property: property, mapping: map[string]string{}}
			mapping, _ := d["mapping"].(map[string]any)
			for value, target := range mapping {
				named.mapping[value], _ = target.(string)
			}
			return named, nil
		},
	}
}

// A discriminator says which alternative of oneOf or anyOf an object is meant to be
// (OpenAPI 3.1 section 4.8.25). It is a hint: an object without the property, or with an
// unknown value, is judged by all alternatives.
type discriminator struct {
	property string
	mapping  map[string]string // value -> reference or name of a schema
}

// Validate does nothing: the extension that over makes does the validation.
func (*discriminator) Validate(*jsonschema.ValidatorContext, any) {}

// over replaces oneOf and anyOf of the schema by an extension that applies the
// discriminator first. With strict a value that names none of the alternatives is an
// error.
func (d *discriminator) over(s *jsonschema.Schema, strict bool) jsonschema.SchemaExt {
	chosen := map[string]*jsonschema.Schema{}
	for _, alternatives := range [][]*jsonschema.Schema{s.OneOf, s.AnyOf} {
		for _, alternative := range alternatives {
			if alternative.Ref == nil {
				continue // an inline schema has no name
			}
			place := placeOf(alternative.Ref.Location)
			name := place[strings.LastIndexByte(place, '/')+1:]
			mapped := false
			for value, target := range d.mapping {
				if target == name || strings.HasSuffix(target, "#"+place) {
					chosen[value], mapped = alternative, true
				}
			}
			if !mapped {
				chosen[name] = alternative
			}
		}
	}
	if len(chosen) == 0 {
		return d // the schema is extended by others through allOf
	}
	all := *s
	all.Extensions = nil
	s.OneOf, s.AnyOf = nil, nil
	return &alternatives{property: d.property, chosen: chosen, all: &all, strict: strict}
}

// alternatives is oneOf or anyOf with a discriminator.
type alternatives struct {
	property string
	chosen   map[string]*jsonschema.Schema // by the value of the property
	all      *jsonschema.Schema            // the schema as it was
	strict   bool
}

func (a *alternatives) Validate(ctx *jsonschema.ValidatorContext, v any) {
	object, _ := v.(map[string]any)
	value, named := object[a.property].(string)
	if one := a.chosen[value]; named && one != nil {
		ctx.AddErr(ctx.Validate(one, v, nil))
		return
	}
	ctx.AddErr(ctx.Validate(a.all, v, nil))
	if named && a.strict {
		ctx.AddError(&contained{"discriminator", "a value of " + a.property + " that names one of the documented schemas", show(value)})
	}
}
