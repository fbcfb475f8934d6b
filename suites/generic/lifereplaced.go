package generic

import (
	"fmt"
	"maps"
	"net/http"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/sample"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// replaced sends the PUT once more without something that may be left out, and judges
// that it is no longer there. It returns the last answer that shows the resource.
func (l *life) replaced(o *spec.Operation, d request.Draft, after *rule.Answer) *rule.Answer {
	body, media := d.Body()
	sent, isObject := body.(map[string]any)
	name := ""
	if isObject && isJSON(media.Type) && !l.env.Contract.Unbound("STATE-REPLACE-001") {
		name = l.optional(sent, media.Schema, after)
		if other := l.undefaulted(d); name == "" && jsonOf(bodyOf(other)) != jsonOf(sent) {
			if a := l.changeWith(other, o, after.Response.Header.Get("ETag"), "a change to what is no default"); a.Success() && a.Status() != http.StatusAccepted {
				if now := l.read("what was changed"); now.Success() {
					d, after = other, now
					sent, _ = bodyOf(d).(map[string]any)
					name = l.optional(sent, media.Schema, after)
				}
			}
		}
	}
	if name == "" {
		return after
	}
	less := maps.Clone(sent)
	delete(less, name)
	a := l.changeWith(d.WithBody(less), o, after.Response.Header.Get("ETag"), "a change without "+name)
	if !a.Success() || a.Status() == http.StatusAccepted {
		return after
	}
	remains := func(a *rule.Answer) bool { return jsonOf(unwrapped(a.Value())[name]) == jsonOf(sent[name]) }
	now := l.read("what was replaced")
	if now.Success() && remains(now) && !remains(a) {
		now = l.settled("what was replaced", func(a *rule.Answer) bool { return !remains(a) })
	}
	if now.Success() && remains(now) {
		// Frameworks that merge do so everywhere.
		l.t.Habit(now, "STATE-REPLACE-001", "body", "replaced", fmt.Sprintf("no %q, as %s has replaced the whole without it (status %d)", name, o.Name(), a.Status()), jsonOf(sent[name])+", as before")
	}
	if now.Success() {
		return now
	}
	return after
}

// optional is a property of a body that may be left out and is shown as it was sent: with
// another value than its default, or, where it has none, with one that no server would
// choose itself; "" if there is none.
func (l *life) optional(sent map[string]any, schema string, after *rule.Answer) string {
	sampler, err := l.build.Sampler()
	out := l.output(l.get, after)
	if err != nil || out == "" {
		return ""
	}
	shown, defaults := unwrapped(after.Value()), l.defaultsOf(l.draft)
	for _, member := range ordered(sent) {
		less := maps.Clone(sent)
		delete(less, member)
		in, ok := sampler.Described(schema, member)
		told, too := sampler.Described(out, append(wrappers(after.Value()), member)...)
		free := ok && too && !in.Required && !told.Hidden && !ownName(member)
		initial, known := defaults[member]
		if known && jsonOf(initial) == jsonOf(sent[member]) || !known && (in.Default || told.Default || told.Required || !ownValue(sent[member], in)) {
			continue
		}
		if free && jsonOf(shown[member]) == jsonOf(sent[member]) && sampler.Meets(schema, less) {
			return member
		}
	}
	return ""
}

// ownValue reports whether a value is one that no server would choose itself: a text with
// a suffix of the run, or a moment or a list that is made from the schema alone.
func ownValue(v any, of sample.Description) bool {
	switch x := v.(type) {
	case string:
		return of.Text && suffixed(x) || of.Moment && !of.Example
	case []any:
		return len(x) > 0 && !of.Example
	}
	return false
}
