package generic

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/sample"
	"github.com/hostup/api-conformance/suites/request"
)

// accepted are bodies that the target has accepted, by operation: one that breaks the
// document in one place is refused for that alone.
type accepted struct {
	mu     sync.Mutex
	bodies map[string]any
}

func (k *accepted) remember(o *spec.Operation, body any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.bodies[o.ID] = body
}

// body is an accepted body of an operation, else the given one.
func (k *accepted) body(o *spec.Operation, other any) any {
	k.mu.Lock()
	defer k.mu.Unlock()
	if body, known := k.bodies[o.ID]; known {
		return body
	}
	return other
}

// order is that of keywords in wrong bodies: first what programs check least and clients
// rely on most.
var order = [][]string{
	{"required"}, {"enum"}, {"maximum", "minimum"}, {"type"}, {"maxLength", "minLength"}, {"pattern"}, {"format"}, {"additionalProperties"},
	{"maxItems", "minItems", "uniqueItems"}, {"integer", "multipleOf"}, {"null", "minProperties"},
}

// lenient are keywords that a server may rightly read as an annotation: that it fails is
// a finding, that it accepts the body is none (JSON Schema Validation section 7.2.1).
var lenient = []string{"format"}

// bodies returns wrong bodies, each with one fault: one of each keyword before a second
// of any, in another property each where there is one. null in place of what may be left
// out is none of them: many servers read it as that.
func (s *suite) bodies(d request.Draft) (list []variant) {
	body, media := d.Body()
	sampler, err := s.build.Sampler()
	if media == nil || err != nil {
		return nil
	}
	_, isObject := body.(map[string]any)
	_, isList := body.([]any)
	if !isObject && (!isList || !isJSON(media.Type)) {
		return nil
	}
	faults := sampler.Faults(media.Schema, body)
	required := map[string]bool{}
	for _, f := range faults {
		required[f.Place] = required[f.Place] || f.Keyword == "required"
	}
	faults = slices.DeleteFunc(faults, func(f sample.Fault) bool {
		return f.Keyword == "null" && !required[f.Place] || s.unsaid(sampler, d, f)
	})
	for _, f := range spread(faults) {
		list = append(list, variant{"body " + f.Text, d.WithBody(f.Value), slices.Contains(lenient, f.Keyword), ""})
	}
	return list
}

// budget is how many wrong requests an operation with a body gets. It is shared by all
// operations: where few have a body, each gets more.
func (s *suite) budget() int {
	ops, with := s.env.Contract.Operations(), 0
	for _, o := range ops {
		if s.hasBody(o) {
			with++
		}
	}
	switch {
	case 3*with > 2*len(ops):
		return s.upTo(mostWrongBodies, 0, 4)
	case 3*with > len(ops):
		return s.upTo(mostWrongBodies, 0, 5)
	}
	return s.upTo(mostWrongBodies, 0, 6)
}

func (s *suite) hasBody(o *spec.Operation) bool {
	body := s.build.Inputs(o).Body
	return body != nil && len(body.Media) > 0
}

// shared begins the wrong bodies of an operation where those of earlier ones with the same
// schema end: a server that reads both alike is asked about more.
func (s *suite) shared(d request.Draft, list []variant) []variant {
	sampler, err := s.build.Sampler()
	_, media := d.Body()
	if err != nil || media == nil || len(list) == 0 {
		return list
	}
	at, _ := sampler.End(media.Schema)
	earlier, _ := slices.BinarySearch(s.withBody()[at], s.near.turn[d.Operation])
	first := earlier * s.wrongBodies()
	first %= len(list)
	return slices.Concat(list[first:], list[:first])
}

// bodyTurns returns the turns of the operations with a body, by the schemas of that.
func (s *suite) bodyTurns() map[string][]int {
	turns := map[string][]int{}
	sampler, err := s.build.Sampler()
	if err != nil {
		return turns
	}
	for turn, o := range s.env.Contract.Operations() {
		if !s.hasBody(o) {
			continue
		}
		for _, m := range s.build.Inputs(o).Body.Media {
			if at, ok := sampler.End(m.Schema); ok && m.Schema != "" && !slices.Contains(turns[at], turn) {
				turns[at] = append(turns[at], turn)
			}
		}
	}
	return turns
}

// unsaid reports whether a body may mean something that the document allows: null takes a
// member away in a merge patch (RFC 7396), an empty patch changes nothing, and a form has
// only texts.
func (s *suite) unsaid(sampler *spec.Sampler, d request.Draft, f sample.Fault) bool {
	body, media := d.Body()
	if isJSON(media.Type) {
		return (f.Keyword == "null" || f.Keyword == "minProperties") && d.Operation.Method == http.MethodPatch
	}
	o, _ := f.Value.(map[string]any)
	was, _ := body.(map[string]any)
	switch v := o[f.Place].(type) {
	case nil:
		return f.Keyword != "required" && f.Keyword != "minProperties" || was[f.Place] == nil || saysNothing(sampler, media.Schema, o, was[f.Place], f.Place, d.Inputs.Body.Required)
	case map[string]any:
		return true
	case []any:
		return len(v) == 0
	default:
		return v == "" || s.env.Contract.Binary(sampler.Property(media.Schema, f.Place)) || listOfOne(sampler, media.Schema, o, f.Place)
	}
}

// listOfOne reports whether a form may mean a list of one by a single value: it writes both
// alike.
func listOfOne(sampler *spec.Sampler, schema string, o map[string]any, place string) bool {
	list := maps.Clone(o)
	list[place] = []any{o[place]}
	return sampler.Meets(schema, list)
}

// spread sorts faults by the order of their keywords, one of each before a second of any,
// and each time one of the property that has had the fewest, outer ones first.
func spread(faults []sample.Fault) (list []sample.Fault) {
	kinds := make([][]sample.Fault, len(order))
	for _, f := range faults {
		i := slices.IndexFunc(order, func(keywords []string) bool { return slices.Contains(keywords, f.Keyword) })
		if i >= 0 {
			kinds[i] = append(kinds[i], f)
		}
	}
	had := map[string]int{}
	for left := len(faults); left > 0; left-- {
		for i, kind := range kinds {
			if len(kind) == 0 {
				continue
			}
			next := 0
			for j, f := range kind {
				first := kind[next]
				if cmp.Or(cmp.Compare(had[f.Place], had[first.Place]), cmp.Compare(levels(f.Place), levels(first.Place))) < 0 {
					next = j
				}
			}
			f := kind[next]
			had[f.Place]++
			list, kinds[i] = append(list, f), slices.Delete(kind, next, next+1)
		}
	}
	return list
}

func levels(place string) int { return strings.Count(place, ".") + strings.Count(place, "[") }

// saysNothing reports whether a form without a property may mean the same as one with it:
// a form cannot express an empty list or object, and an empty form is no body.
func saysNothing(sampler *spec.Sampler, schema string, less map[string]any, value any, name string, required bool) bool {
	if len(less) == 0 && !required {
		return true
	}
	empty := maps.Clone(less)
	switch value.(type) {
	case []any:
		empty[name] = []any{}
	case map[string]any:
		empty[name] = map[string]any{}
	default:
		return false
	}
	return sampler.Meets(schema, empty)
}

func isJSON(mediaType string) bool { return spec.IsJSON(mediaType) }
