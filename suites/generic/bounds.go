package generic

import (
	"fmt"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// bounds reports whether a keyword bounds the value of a parameter.
func bounds(keyword string) bool {
	switch keyword {
	case "minimum", "maximum", "maxLength", "minLength", "pattern", "multipleOf":
		return true
	}
	return false
}

// beyond returns wrong requests with a value of a query parameter beyond its bounds. Many
// servers give the largest page that they have to who asks for a larger one, or the first
// to who asks for one before it.
func (s *suite) beyond(sampler *spec.Sampler, d request.Draft, p spec.Input) (list []variant) {
	if p.In != "query" {
		return nil
	}
	value, sent := d.Value(p)
	if !sent {
		v, err := sampler.Value(p.Schema, 0)
		if err != nil {
			return nil
		}
		value = v
	}
	name := plainName(p.Name)
	pager := limits(name) || offsets(name) || pages(name)
	for _, f := range sampler.Faults(p.Schema, value) {
		written := text(f.Value)
		if f.Place != "" || !bounds(f.Keyword) || written == "" || meetsAsText(sampler, p.Schema, written) {
			continue
		}
		note := fmt.Sprintf("query parameter %s=%s, beyond its %s", p.Name, written, f.Keyword)
		if n := len([]rune(written)); n > 60 {
			note = fmt.Sprintf("query parameter %s of %d characters, beyond its %s", p.Name, n, f.Keyword)
		}
		list = append(list, variant{note, d.With(p, f.Value), pager, ""})
	}
	return list
}
