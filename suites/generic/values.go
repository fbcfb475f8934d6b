package generic

import (
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/rule"
)

// odd are texts that people look for, and that programs forget to quote.
var odd = []string{"a'b\"c%_\\", "Zoë 李 😀", ""}

// together sends the valid read with the other values of its query parameters: of each
// the next one that the document lists, or a text that is as good as any. Several
// parameters may not go together, so that only a server error says something.
func (s *suite) together(t *rule.T, o *spec.Operation, optional []spec.Input, most int) {
	if most == 0 || !s.read(t, o, nil).Success() {
		return
	}
	sampler, err := s.build.Sampler()
	if err != nil {
		return
	}
	values := map[string][]any{}
	rounds := 0
	for _, in := range optional {
		list := sampler.Listed(in.Schema)
		if list == nil && in.Media == "" {
			for _, text := range odd {
				if sampler.Meets(in.Schema, text) {
					list = append(list, text)
				}
			}
		}
		values[in.Name] = list
		rounds = max(rounds, len(list))
	}
	for round := range min(rounds, most) {
		d := s.draft(t, o, nil)
		for _, in := range optional {
			if list := values[in.Name]; len(list) > 0 {
				// the first of a list is what others send
				d = d.With(in, list[(round+1)%len(list)])
			}
		}
		a := t.Send(s.request(t, d).WithNote("other values of query parameters"))
		if failed(a) {
			t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 with values that the document allows", status(a))
		}
	}
}

// kinds is a value with what it has only once: the texts and numbers of two values of one
// kind differ, and say nothing new.
func kinds(v any) any {
	switch x := v.(type) {
	case map[string]any:
		o := map[string]any{}
		for name, v := range x {
			o[name] = kinds(v)
		}
		return o
	case []any:
		list := []any{}
		for _, v := range x {
			list = append(list, kinds(v))
		}
		return list
	case bool, nil:
		return x
	case string:
		return "text"
	}
	return 1
}
