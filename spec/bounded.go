package spec

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/jsonschema/v6/kind"
)

// The library's compiled schemas make an error for every wrong item: a million wrong rows
// take gigabytes. The extensions below replace the keywords that look at every item or
// property. They judge all of them, as the keywords do, but keep only the errors that a
// report can use.

// mostErrors is the number of errors kept for one array or object, far more than anybody
// reads. Errors of a new kind are kept beyond it, until mostWrong errors have occurred.
const (
	mostErrors = 1000
	mostWrong  = 10_000
)

// An errorList collects the errors of the parts of one value.
type errorList struct {
	ctx   *jsonschema.ValidatorContext
	kept  int
	wrong int
	kinds map[string]bool
}

// add keeps or drops an error, and reports whether more are wanted.
func (l *errorList) add(err error) bool {
	e, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return true
	}
	if e.ErrorKind == nil { // the caller only asks whether the value is valid
		l.ctx.AddErr(e)
		return false
	}
	if l.kinds == nil {
		l.kinds = map[string]bool{}
	}
	errors, fresh := l.count(e)
	if l.kept < mostErrors || fresh {
		l.ctx.AddErr(e)
		l.kept += errors
	}
	l.wrong += errors
	return l.kept < mostErrors || l.wrong < mostWrong
}

// count returns the number of leaf errors below e, and whether one of them is of a new
// schema and keyword.
func (l *errorList) count(e *jsonschema.ValidationError) (n int, fresh bool) {
	if len(e.Causes) == 0 {
		key := e.SchemaURL
		for _, word := range e.ErrorKind.KeywordPath() {
			key += " " + word
		}
		fresh = !l.kinds[key]
		l.kinds[key] = true
		return 1, fresh
	}
	for _, c := range e.Causes {
		below, isFresh := l.count(c)
		n, fresh = n+below, fresh || isFresh
	}
	return n, fresh
}

// eachItem implements items: every item from index from meets the schema.
type eachItem struct {
	schema *jsonschema.Schema
	from   int
}

func (k eachItem) Validate(ctx *jsonschema.ValidatorContext, v any) {
	items, _ := v.([]any)
	list := errorList{ctx: ctx}
	for i := k.from; i < len(items); i++ {
		if err := ctx.Validate(k.schema, items[i], []string{strconv.Itoa(i)}); err != nil && !list.add(err) {
			return
		}
	}
}

// someItems implements contains, minContains and maxContains.
type someItems struct {
	schema   *jsonschema.Schema
	min, max *int
}

func (k someItems) Validate(ctx *jsonschema.ValidatorContext, v any) {
	items, ok := v.([]any)
	if !ok {
		return
	}
	found := 0
	for i, item := range items {
		if ctx.Validate(k.schema, item, []string{strconv.Itoa(i)}) == nil {
			ctx.EvaluatedItem(i)
			found++
		}
	}
	switch {
	case k.min == nil && found == 0:
		ctx.AddError(&contained{"contains", "an item as contains says", fmt.Sprintf("none among %d", len(items))})
	case k.min != nil && found < *k.min:
		ctx.AddError(&contained{"minContains", fmt.Sprintf("at least %d items as contains says", *k.min), strconv.Itoa(found)})
	}
	if k.max != nil && found > *k.max {
		ctx.AddError(&contained{"maxContains", fmt.Sprintf("at most %d items as contains says", *k.max), strconv.Itoa(found)})
	}
}

// eachProperty implements patternProperties, additionalProperties with a schema, and
// propertyNames.
type eachProperty struct {
	named      map[string]*jsonschema.Schema // properties, to which additionalProperties does not apply
	patterns   map[jsonschema.Regexp]*jsonschema.Schema
	additional any // a schema, a bool, or nil
	names      *jsonschema.Schema
}

func (k eachProperty) Validate(ctx *jsonschema.ValidatorContext, v any) {
	object, ok := v.(map[string]any)
	if !ok {
		return
	}
	list := errorList{ctx: ctx}
	refused := 0
	var first []string // those that additionalProperties: false refuses
	for _, name := range slices.Sorted(maps.Keys(object)) {
		var errs []error
		_, known := k.named[name]
		for pattern, schema := range k.patterns {
			if pattern.MatchString(name) {
				known = true
				ctx.EvaluatedProp(name)
				errs = append(errs, ctx.Validate(schema, object[name], []string{name}))
			}
		}
		if !known && k.additional != nil {
			ctx.EvaluatedProp(name)
			switch additional := k.additional.(type) {
			case *jsonschema.Schema:
				errs = append(errs, ctx.Validate(additional, object[name], []string{name}))
			case bool:
				if !additional {
					if refused++; len(first) < mostNames {
						first = append(first, name)
					}
				}
			}
		}
		if k.names != nil {
			if err, ok := ctx.Validate(k.names, name, []string{name}).(*jsonschema.ValidationError); ok && err != nil {
				errs = append(errs, misnamed(err, name))
			}
		}
		for _, err := range errs {
			if err != nil && !list.add(err) {
				return
			}
		}
	}
	if refused > 0 {
		ctx.AddError(&additional{first, refused})
	}
}

// mostNames is the number of undocumented names that a finding lists.
const mostNames = 8

// misnamed wraps an error of a property name as one of propertyNames.
func misnamed(err *jsonschema.ValidationError, name string) *jsonschema.ValidationError {
	if err.ErrorKind == nil {
		return err
	}
	return &jsonschema.ValidationError{
		SchemaURL:        err.SchemaURL,
		InstanceLocation: err.InstanceLocation,
		ErrorKind:        &kind.PropertyNames{Property: name},
		Causes:           []*jsonschema.ValidationError{err},
	}
}

// contained is the error of contains, minContains and maxContains: one for the whole
// array.
type contained struct{ keyword, want, got string }

// additional is the error of additionalProperties: false.
type additional struct {
	names []string
	count int
}

func (k *additional) String() string {
	text := strings.Join(k.names, ", ")
	if more := k.count - len(k.names); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
