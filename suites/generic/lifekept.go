package generic

import (
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/sample"
	"github.com/hostup/api-conformance/spec/secret"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// kept judges that what was made shows what was sent, and returns the last answer.
func (l *life) kept(a *rule.Answer) *rule.Answer {
	body, media := l.draft.Body()
	out := l.output(l.get, a)
	if media == nil || out == "" || l.env.Contract.Unbound("STATE-CREATE-002") {
		return a
	}
	if !l.certain(a) {
		return a
	}
	l.hidden(body, media.Schema, a)
	lost := func(a *rule.Answer) string { return l.lost(body, media.Schema, a, out) }
	if lost(a) != "" {
		a = l.settled("what was made", func(a *rule.Answer) bool { return a.Success() && lost(a) == "" })
	}
	if at := lost(a); a.Success() && at != "" {
		path := strings.Split(at, ".")
		sent, _ := meant(body, a.Value())
		l.t.Violation(a, "STATE-CREATE-002", "$."+at, "equal", jsonOf(valueAt(sent, path))+", as "+l.create.Name()+" said", jsonOf(valueAt(unwrapped(a.Value()), path)))
	}
	return a
}

// hidden judges that what is writeOnly in a request is not shown under any name.
func (l *life) hidden(body any, schema string, a *rule.Answer) {
	sampler, err := l.build.Sampler()
	if err != nil || l.env.Contract.Unbound("BODY-WRITEONLY-001") {
		return
	}
	sent := flat(body)
	for _, at := range ordered(sent) {
		text, isText := sent[at].(string)
		alone := isText && suffixed(text) && strings.Count(jsonOf(body), text) == 1
		in, ok := sampler.Described(schema, append(wrappers(body), strings.Split(at, ".")...)...)
		if !ok || !in.WriteOnly || !alone {
			continue
		}
		l.t.Exercised("BODY-WRITEONLY-001")
		if strings.Contains(string(a.Response.Body), text) {
			l.t.Violation(a, "BODY-WRITEONLY-001", "$."+at, "writeOnly", "a response without what "+l.create.Name()+" takes as writeOnly", "the value that was sent")
			return
		}
	}
}

// apart is a draft in which what is writeOnly has texts that nothing else in it has.
func (s *suite) apart(d request.Draft) request.Draft {
	sampler, err := s.build.Sampler()
	body, isObject := object(d)
	if err != nil || !isObject {
		return d
	}
	_, media := d.Body()
	other := maps.Clone(body)
	for name, v := range body {
		text, isText := v.(string)
		in, ok := sampler.Described(media.Schema, name)
		if !ok || !in.WriteOnly || !isText {
			continue
		}
		if other[name] = "w" + text; !sampler.Meets(media.Schema, other) {
			other[name] = text
		}
	}
	return d.WithBody(other)
}

// certain reports whether an answer is about what was made: at the address that a 201
// names, or with a text that this run has made up, there or in the answer of the creation.
func (l *life) certain(a *rule.Answer) bool {
	if l.create.Method == http.MethodPut {
		return true
	}
	if _, named := fromAddress(l.made.Response.Header.Get("Location"), l.get.Path, l.name); named && l.made.Status() == http.StatusCreated {
		return true
	}
	body, _ := l.draft.Body()
	for _, v := range flat(body) {
		if text, isText := v.(string); isText && suffixed(text) && (strings.Contains(string(a.Response.Body), text) || strings.Contains(string(l.made.Response.Body), text)) {
			return true
		}
	}
	return false
}

// output is the schema of the body of an answer that the document has for its status, ""
// without one or if it is no JSON.
func (s *suite) output(o *spec.Operation, a *rule.Answer) string {
	for _, out := range s.env.Contract.Outputs(o) {
		if isJSON(out.Type) && (out.Status == fmt.Sprint(a.Status()) || strings.EqualFold(out.Status, "2XX")) {
			return out.Schema
		}
	}
	return ""
}

// lost is the place of a property that an answer does not show as it was sent, "" if
// there is none. The document has it in both, and does not say that it is the server's.
func (l *life) lost(body any, asked string, a *rule.Answer, told string) string {
	shown := unwrapped(a.Value())
	return l.missed(body, asked, a, told, func(_ string, path []string, sent any, in sample.Description) bool {
		return changed(sent, valueAt(shown, path), in)
	})
}

// missed is the first place that both the request and the answer may have, by what the
// document says of them, and where the answer is wrong.
func (l *life) missed(body any, asked string, a *rule.Answer, told string, wrong func(at string, path []string, sent any, in sample.Description) bool) string {
	sampler, err := l.build.Sampler()
	if err != nil {
		return ""
	}
	shared := sampler.Same(asked, told) && len(sampler.ReadOnly(asked, 0)) == 0
	sent, around := meant(body, a.Value())
	places := ordered(scalars(sent))
	places = slices.AppendSeq(places, maps.Keys(listsOf(sent)))
	slices.Sort(places)
	for _, at := range places {
		path := strings.Split(at, ".")
		if l.identifies(path[len(path)-1]) {
			continue
		}
		in, ok := sampler.Described(asked, slices.Concat(around, path)...)
		out, too := sampler.Described(told, append(wrappers(a.Value()), path...)...)
		switch {
		case !ok || !too || in.Hidden || out.Hidden || in.WriteOnly || out.WriteOnly:
		case shared && !in.Text && !in.Required, ownName(path[len(path)-1]):
		case !showable(sampler, told, a.Value(), valueAt(sent, path), append(wrappers(a.Value()), path...)):
		case wrong(at, path, valueAt(sent, path), in):
			return at
		}
	}
	return ""
}

// showable reports whether an answer may show what was sent at a path: where the document has
// another type there, or fewer values, a server has to say it in its own way, and a thing of one
// kind does not have what only another kind has. Objects in a list become things of their own,
// which have more.
func showable(sampler *spec.Sampler, told string, shown, sent any, path []string) bool {
	list, isList := sent.([]any)
	return isList && len(list) > 0 && !scalarValue(list[0]) || sampler.Takes(told, shown, sent, path...)
}

// identifies reports whether a property has the name of the id, or of one that the address
// has: servers choose it, or take that of the address, whatever a body says.
func (l *life) identifies(name string) bool {
	plain, before := generalName(name), trimmed(collection(l.get.Path, l.name))
	segment := generalName(before[strings.LastIndex(before, "/")+1:])
	thing := strings.TrimSuffix(segment, "s")
	if slices.ContainsFunc(spec.Placeholders(l.get.Path), func(parameter string) bool { return generalName(parameter) == plain }) {
		return true // the address says it
	}
	return plain == "id" || plain == thing+"id" || thing+plain == generalName(l.name)
}

// ownName reports whether a property of such a name is one that servers set or hide, even
// if a document has it in requests as well.
func ownName(name string) bool {
	plain := generalName(name)
	for _, part := range []string{"status", "state", "creat", "updat", "modif", "delet", "version", "revision", "etag", "slug", "hash", "position", "rank"} {
		if strings.Contains(plain, part) {
			return true
		}
	}
	return slices.Contains([]string{"id", "uuid", "pk", "key", "url", "href", "self", "links", "order", "index", "total", "count"}, plain) || secret.Property(name) || secret.Password(name)
}

// changed reports whether what is shown is not what was sent: nothing in place of
// something, or another value. Servers write texts in their own way (case, spaces), and
// leave out what is empty.
func changed(sent, shown any, of sample.Description) bool {
	switch x := sent.(type) {
	case nil:
		return false
	case string:
		text, isText := shown.(string)
		a, b := normal(x), normal(text)
		return x != "" && (shown == nil || isText && !of.Moment && !partOf(a, b) && !partOf(b, a) || isText && (text == "" || of.Text && cut(a, b) || shifted(x, text)))
	case bool:
		is, isBool := shown.(bool)
		return x && shown == nil || isBool && is != x
	case []any:
		list, isList := shown.([]any)
		plain := len(x) > 0 && scalarValue(x[0]) // objects may become things of their own
		if len(x) == 1 && isList && len(list) == 1 {
			return otherwise(x[0], list[0])
		}
		return plain && shown == nil || len(x) > 0 && isList && len(list) == 0
	}
	n, isNumber := number(sent)
	is, areNumbers := number(shown)
	if !isNumber || n.Sign() == 0 {
		return false
	}
	return shown == nil || areNumbers && new(big.Rat).Abs(new(big.Rat).Sub(n, is)).Cmp(big.NewRat(1, 1)) >= 0
}

// cut reports whether a text is shown without its end: more of it than the signs that
// servers take away.
func cut(sent, shown string) bool {
	rest, begins := strings.CutPrefix(sent, shown)
	const most = 3
	return begins && len(strings.Trim(rest, "-_.,:;!? ")) > most && shown != ""
}

// shifted reports whether a moment is shown as that of another zone: the difference is one
// of quarters of an hour. Another one may be the choice of the server, such as a day.
func shifted(sent, shown string) bool {
	a, ok := moment(sent)
	b, too := moment(shown)
	const most, quarter = 14 * time.Hour, 15 * time.Minute
	by := b.Sub(a).Abs()
	return ok && too && by >= time.Hour && by <= most && by%quarter == 0 && (b.Hour() != 0 || b.Minute() != 0)
}

// otherwise reports whether one of the numbers and texts of an object is shown with another
// value than was sent.
func otherwise(sent, shown any) bool {
	x, isObject := sent.(map[string]any)
	is, too := shown.(map[string]any)
	return isObject && too && slices.ContainsFunc(ordered(x), func(name string) bool {
		_, isBool := x[name].(bool)
		return is[name] != nil && !isBool && scalarValue(x[name]) && !ownName(name) && changed(x[name], is[name], sample.Description{})
	})
}

// partOf reports whether the characters of one text are in another one in that order: what
// servers take away, such as signs in a number of a telephone, they take away anywhere.
func partOf(part, whole string) bool {
	left := []rune(part)
	for _, r := range whole {
		if len(left) > 0 && left[0] == r {
			left = left[1:]
		}
	}
	return len(left) == 0
}

// normal is a text without what servers change in it.
func normal(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }

// valueAt is the value at a path of names, nil if there is none.
func valueAt(v any, path []string) any {
	for _, name := range path {
		o, _ := v.(map[string]any)
		v = o[name]
	}
	return v
}
