package generic

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/sample"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// taken judges that a change has changed each property that it names, as far as the
// document has it in both, and returns the last answer. What shows another value than was
// sent is the server's choice, unless it is the one from before.
func (l *life) taken(o *spec.Operation, before, a, after *rule.Answer, d request.Draft) *rule.Answer {
	body, media := d.Body()
	out := l.output(l.get, after)
	if media == nil || out == "" {
		return after
	}
	ignored := func(now *rule.Answer) string {
		was, is := unwrapped(before.Value()), unwrapped(now.Value())
		return l.missed(body, media.Schema, now, out, func(at string, path []string, sent any, _ sample.Description) bool {
			return jsonOf(valueAt(is, path)) == jsonOf(valueAt(was, path)) && !confirmed(at) && another(sent, valueAt(is, path))
		})
	}
	if after.Success() && ignored(after) != "" {
		after = l.settled("what was changed", func(now *rule.Answer) bool { return now.Success() && ignored(now) == "" })
	}
	if !after.Success() {
		return before
	}
	if at := ignored(after); at != "" {
		path := strings.Split(at, ".")
		sent, _ := meant(body, after.Value())
		l.t.Violation(after, "STATE-CHANGE-001", "$."+at, "changed", fmt.Sprintf("%s, as %s said (status %d)", jsonOf(valueAt(sent, path)), o.Method, a.Status()), jsonOf(valueAt(unwrapped(after.Value()), path))+", as before")
	}
	return after
}

// another reports whether a value of a change is clearly not the one that is shown.
func another(sent, shown any) bool {
	switch x := sent.(type) {
	case string:
		text, isText := shown.(string)
		return x != "" && (shown == nil || isText && normal(x) != normal(text))
	case []any:
		list, isList := shown.([]any)
		return isList && len(x) > 0 && scalarValue(x[0]) && !slices.ContainsFunc(x, func(v any) bool {
			return slices.ContainsFunc(list, func(is any) bool { return jsonOf(is) == jsonOf(v) })
		})
	}
	return changed(sent, shown, sample.Description{})
}

// confirmed reports whether a property of such a name changes only when somebody confirms
// it: an address that messages are sent to.
func confirmed(name string) bool {
	plain := generalName(name)
	return strings.Contains(plain, "mail") || strings.Contains(plain, "phone")
}

// undefaulted is a draft without the defaults of the document: a server that ignores what
// was sent shows those.
func (s *suite) undefaulted(d request.Draft) request.Draft { return s.unlike(d, s.defaultsOf(d)) }

// unlike is a draft with other values in place of those that are already taken, as far as
// the document allows others. Texts of any content get a suffix elsewhere.
func (s *suite) unlike(d request.Draft, taken ...map[string]any) request.Draft {
	sampler, err := s.build.Sampler()
	body, isObject := object(d)
	if err != nil || !isObject {
		return d
	}
	_, media := d.Body()
	fixed := sampler.Discriminators(media.Schema)
	for _, name := range ordered(body) {
		in, ok := sampler.Described(media.Schema, name)
		is := func(v any) bool {
			return slices.ContainsFunc(taken, func(shown map[string]any) bool { w, there := shown[name]; return there && jsonOf(w) == jsonOf(v) })
		}
		if !ok || in.Text || ownName(name) || request.Refers(name) || slices.Contains(fixed, name) || !is(body[name]) {
			continue
		}
		const tries = 3
		for n := 1; n <= tries; n++ {
			v, err := sampler.Full(media.Schema, n)
			full, _ := v.(map[string]any)
			other := maps.Clone(body)
			if zero, isNumber := number(full[name]); isNumber && zero.Sign() == 0 && n < tries {
				continue // which may as well be what a server has for nothing
			}
			if other[name] = full[name]; err == nil && full[name] != nil && !is(full[name]) && sampler.Meets(media.Schema, other) {
				body = other
				break
			}
		}
	}
	return d.WithBody(body)
}
