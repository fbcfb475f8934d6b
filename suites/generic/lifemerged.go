package generic

import (
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// merges reports whether a change is a merge patch (RFC 7396).
func merges(d request.Draft) bool {
	_, media := d.Body()
	return media != nil && mediaName(media.Type) == "application/merge-patch+json"
}

// merged judges what only a merge patch says: null takes a member away, and what an inner
// object does not name stays.
func (l *life) merged(o *spec.Operation, plain request.Draft, before *rule.Answer) *rule.Answer {
	if !merges(plain) || l.env.Contract.Unbound("STATE-MERGE-001") {
		return before
	}
	if name, inner, patch := l.innerPatch(plain, before); patch != nil {
		was, _ := unwrapped(before.Value())[name].(map[string]any)
		if after := l.patched(o, plain.WithBody(patch), before, "a part of an inner object"); after != before {
			is, _ := unwrapped(after.Value())[name].(map[string]any)
			for _, member := range ordered(was) {
				if member != inner && scalarValue(was[member]) && was[member] != "" && is[member] == nil {
					l.t.Violation(after, "STATE-MERGE-001", "$."+name+"."+member, "equal", jsonOf(was[member])+", as before a merge patch that does not name it", jsonOf(is[member]))
					return after
				}
			}
			before = after
		}
	}
	name := l.removable(plain, before)
	if name == "" {
		return before
	}
	was := unwrapped(before.Value())[name]
	after := l.patched(o, plain.WithBody(map[string]any{name: nil}), before, "null, which takes away")
	if is := unwrapped(after.Value())[name]; after != before && jsonOf(is) == jsonOf(was) {
		l.t.Violation(after, "STATE-MERGE-001", "$."+name, "absent", "nothing, null or a default after null in a merge patch", jsonOf(is)+", as before")
	}
	return after
}

// patched sends a patch and reads what it has made of the resource, or returns the answer
// from before where it was refused.
func (l *life) patched(o *spec.Operation, d request.Draft, before *rule.Answer, note string) *rule.Answer {
	a := l.changeWith(d, o, before.Response.Header.Get("ETag"), note)
	if !a.Success() || a.Status() == http.StatusAccepted {
		return before
	}
	sent := jsonOf(unwrapped(before.Value()))
	if after := l.settled("what was patched", func(now *rule.Answer) bool { return !now.Success() || jsonOf(unwrapped(now.Value())) != sent }); after.Success() {
		return after
	}
	return before
}

// innerPatch is a patch of one text of an object that shows more than that.
func (l *life) innerPatch(plain request.Draft, before *rule.Answer) (name, inner string, patch map[string]any) {
	sampler, err := l.build.Sampler()
	if err != nil {
		return "", "", nil
	}
	_, media := plain.Body()
	shown := unwrapped(before.Value())
	for _, name := range ordered(shown) {
		object, _ := shown[name].(map[string]any)
		filled := slices.DeleteFunc(ordered(object), func(member string) bool { return !scalarValue(object[member]) || object[member] == "" })
		for _, inner := range filled {
			of, ok := sampler.Described(media.Schema, name, inner)
			word, isText := object[inner].(string)
			patch := map[string]any{name: map[string]any{inner: word + suffix()}}
			if ok && isText && of.Text && len(filled) > 1 && !ownName(name) && !ownName(inner) && !confirmed(inner) && !strings.HasSuffix(generalName(inner), "id") && sampler.Meets(media.Schema, patch) {
				return name, inner, patch
			}
		}
	}
	return "", "", nil
}

// removable is a property that is shown, has no default, and may be null in a patch.
func (l *life) removable(plain request.Draft, before *rule.Answer) string {
	sampler, err := l.build.Sampler()
	if err != nil {
		return ""
	}
	_, media := plain.Body()
	shown, defaults := unwrapped(before.Value()), l.defaultsOf(l.draft)
	for _, name := range ordered(shown) {
		_, fixed := defaults[name]
		_, isText := shown[name].(string)
		if of, ok := sampler.Described(media.Schema, name); isText && shown[name] != "" && ok && !of.Hidden && !of.Default && !fixed && !ownName(name) && sampler.Meets(media.Schema, map[string]any{name: nil}) {
			return name
		}
	}
	return ""
}
