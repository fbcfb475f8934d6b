package generic

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// read sends the valid request of a read once per process and returns the shared
// response. above lists the operations that are currently being read for each other.
func (s *suite) read(t *rule.T, o *spec.Operation, above []string) *rule.Answer {
	// Everything that may end the spec comes first: what is shared runs only once.
	r := s.request(t, s.draft(t, o, s.finding(t, append(above, o.ID))))
	t.Permit(r)
	a, _ := s.env.Once("read "+o.ID, func() any { return t.SendOrHear(r.WithNote("valid")) }).(*rule.Answer)
	if a != nil {
		s.met.remember(a)
	}
	if a == nil {
		t.Skip("no-answer", "no response came to %s: see HTTP-ANSWER-001", o.Name())
	}
	return t.Use(a)
}

// peek is read for a spec that is about something else: nil if there is no response.
func (s *suite) peek(t *rule.T, o *spec.Operation, above []string) *rule.Answer {
	if slices.Contains(above, o.ID) || len(above) > 4 || s.missing(o) != "" || s.late(o) && !s.shownTo(t, o, append(above, o.ID)) {
		return nil
	}
	d, err := s.build.Draft(o, s.finding(t, append(above, o.ID)))
	if err != nil {
		return nil
	}
	r, err := s.build.Request(d, s.alternative(o))
	if err != nil || !s.env.Config.Safety.Allows(r.Effect) || s.env.Spent(r.Effect) != "" || s.env.GivenUp(r.Method, r.Path) != "" {
		return nil
	}
	a, _ := s.env.Once("read "+o.ID, func() any { return t.SendOrHear(r.WithNote("valid")) }).(*rule.Answer)
	if a == nil || !a.Success() {
		return nil
	}
	return a
}

// find returns a function that finds values of path parameters in responses of the
// target.
func (s *suite) find(t *rule.T) request.Find { return s.finding(t, nil) }

func (s *suite) finding(t *rule.T, above []string) request.Find { return s.findingBut(t, above, nil) }

// findingBut is finding for other values than some.
func (s *suite) findingBut(t *rule.T, above []string, but map[string]bool) request.Find {
	return func(o *spec.Operation, p spec.Input) (any, bool) {
		for _, source := range s.sources(o, p) {
			a := s.peek(t, source.op, append(above, o.ID))
			if a == nil {
				continue
			}
			if v, ok := s.taken(a.Value(), source, o, p, but); ok {
				return v, true
			}
		}
		if p.In == "path" {
			v, ok := s.named(o, p)
			return v, ok && !but[text(v)]
		}
		return nil, false
	}
}

// collection returns the path before the segment that contains a parameter.
func collection(path, name string) string {
	before, _, _ := strings.Cut(path, "{"+name+"}")
	return before[:strings.LastIndex(before, "/")+1]
}

// byProperty returns the collection of what a path names by a property other than its id:
// /pets of /pets/name/{name} and /pets/by-name/{name}.
func byProperty(path, name string) (above string, ok bool) {
	own := trimmed(collection(path, name))
	if segment := lastSegment(own); segment != generalName(name) && segment != "by"+generalName(name) {
		return "", false
	}
	above = own[:strings.LastIndex(own, "/")+1]
	return above, trimmed(above) != ""
}

func trimmed(path string) string { return strings.TrimRight(path, "/") }

// taken returns the value that a response shows for a path parameter, in the type of its
// schema.
func (s *suite) taken(body any, from source, o *spec.Operation, p spec.Input, but map[string]bool) (any, bool) {
	if from.expression != "" {
		if v, ok := evaluate(from.expression, body); ok {
			return s.build.Typed(p.Schema, v)
		}
		return nil, false
	}
	path := cmp.Or(from.path, o.Path)
	for _, row := range rows(body) {
		values := candidates(row, path, cmp.Or(from.name, p.Name))
		if from.property {
			values = members(row, generalName(p.Name))
		}
		for _, v := range values {
			if typed, ok := s.build.Typed(p.Schema, v); ok && typed != "" && !but[text(typed)] && !s.env.Noted(gone(path, cmp.Or(from.name, p.Name), typed)) {
				return typed, true
			}
		}
	}
	return nil, false
}

// gone returns the note that the run has deleted the resource with a value of a path
// parameter: earlier responses still show it.
func gone(path, name string, v any) string {
	return "gone " + trimmed(collection(path, name)) + " " + text(v)
}

// deleted records that the resource in the path of a draft was deleted, if the response
// says so.
func (s *suite) deleted(d request.Draft, a *rule.Answer) {
	names := spec.Placeholders(d.Operation.Path)
	if !a.Success() || d.Operation.Method != "DELETE" || len(names) == 0 {
		return
	}
	for _, p := range d.Inputs.Parameters {
		if v, ok := d.Value(p); ok && p.In == "path" && p.Name == names[len(names)-1] {
			s.env.Note(gone(d.Operation.Path, p.Name, v))
		}
	}
}

// evaluate resolves a runtime expression about a response body (OpenAPI, Link Object):
// "$response.body#/id".
func evaluate(expression string, body any) (any, bool) {
	pointer, ok := strings.CutPrefix(strings.Trim(expression, "{}"), "$response.body#")
	if !ok {
		return nil, false
	}
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		switch x := body.(type) {
		case map[string]any:
			body = x[token]
		case []any:
			if token != "0" || len(x) == 0 {
				return nil, false
			}
			body = x[0]
		default:
			return nil, false
		}
	}
	return body, scalarValue(body)
}

func scalarValue(v any) bool {
	switch v.(type) {
	case nil, map[string]any, []any:
		return false
	}
	return true
}

// rows returns the resources in a response: the items of its first non-empty list, else
// the response itself.
func rows(body any) []any {
	const most, depth = 5, 3
	if list := firstList(body, depth); len(list) > 0 {
		return list[:min(most, len(list))]
	}
	if body == nil {
		return nil
	}
	return []any{body}
}

// firstList returns the rows of an answer: the first list with objects that is not in
// another list, or else the first of values, which beside objects says what they may have.
func firstList(v any, depth int) []any {
	if list := listWhere(v, depth, isThing); len(list) > 0 {
		return list
	}
	return listWhere(v, depth, func(any) bool { return true })
}

// isThing reports whether a row is an object, and no link (RFC 8288).
func isThing(row any) bool {
	o, is := row.(map[string]any)
	_, link := o["rel"]
	return is && !link
}

// listWhere returns the first list whose first row is wanted, also of an object with
// several; of a list by itself, all.
func listWhere(v any, depth int, wanted func(row any) bool) []any {
	x, isObject := v.(map[string]any)
	if list, isList := v.([]any); isList || !isObject || depth == 0 {
		return list
	}
	names := slices.Sorted(maps.Keys(x))
	for _, name := range names {
		if list, _ := x[name].([]any); len(list) > 0 && wanted(list[0]) {
			return list
		}
	}
	for _, name := range names {
		if o, isObject := x[name].(map[string]any); isObject && name != "_links" {
			if list := listWhere(o, depth-1, wanted); len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// candidates returns the values of a row that may be meant, the likeliest first.
func candidates(row any, path, name string) (list []any) {
	o, ok := row.(map[string]any)
	if !ok {
		if scalarValue(row) {
			list = append(list, row)
		}
		return list
	}
	add := func(want ...string) {
		for _, w := range want {
			list = append(list, members(o, w)...)
		}
	}
	plain := generalName(name)
	add(plain)
	list = append(list, addressed(o, path, name)...)
	if meta, ok := o["metadata"].(map[string]any); ok && scalarValue(meta[name]) {
		list = append(list, meta[name])
	}
	for word := range strings.SplitSeq(name, "Or") {
		if word != name {
			add(generalName(word)) // each of uidOrKey
		}
	}
	if last := lastWord(name); last != plain {
		add(last) // "sid" of team_sid, "key" of groupKey
	}
	if strings.HasSuffix(plain, "id") || plain == "pk" || plain == "uuid" || plain == "key" {
		add("id", "uuid", "pk", "key")
		before := trimmed(collection(path, name))
		segment := generalName(before[strings.LastIndex(before, "/")+1:])
		add(strings.TrimSuffix(segment, "s") + "id")
		if plain != "id" {
			add(strings.TrimSuffix(plain, "id"))
		}
		return list
	}
	add(plain+"id", "id", "name", "slug", "code")
	return list
}

// members returns the values of a row whose general name is this one.
func members(row any, general string) (list []any) {
	o, _ := row.(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(o)) {
		if generalName(key) == general && scalarValue(o[key]) {
			list = append(list, o[key])
		}
	}
	return list
}

// lastWord is the last word of a name, without case: "key" of groupKey.
func lastWord(name string) string {
	for i := len(name) - 1; i > 0; i-- {
		upper := name[i] >= 'A' && name[i] <= 'Z' && (name[i-1] < 'A' || name[i-1] > 'Z')
		if before := name[i-1]; upper || before == '_' || before == '-' || before == '.' {
			return generalName(name[i:])
		}
	}
	return generalName(name)
}

// addressed returns the values of a parameter in the links of a row: a row without an id
// identifies itself by a link.
func addressed(o map[string]any, path, name string) (list []any) {
	links, _ := o["_links"].(map[string]any)
	self, _ := links["self"].(map[string]any)
	for _, v := range []any{self["href"], o["self"], o["href"], o["url"]} {
		if text, ok := v.(string); ok {
			if value, ok := fromAddress(text, path, name); ok {
				list = append(list, value)
			}
		}
	}
	return list
}

// generalName removes case and separators: petId, pet_id and PetID are the same.
func generalName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		case r == '_' || r == '-' || r == '.':
			return -1
		}
		return r
	}, name)
}
