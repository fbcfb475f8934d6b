package rule

import (
	"mime"
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// An Answer is an exchange as a spec sees it. Response is nil if there was no response.
type Answer struct {
	spec.Exchange

	// Findings is the result of [env.Env.Judge] for the exchange.
	Findings []spec.Finding

	owner    *T
	unserved string          // why the 429 could not be waited out
	judged   *spec.Judgement // nil if the spec sent the request by other means
	decode   sync.Once
	value    any // set on first use: most responses are judged and never inspected
}

func newAnswer(t *T, ex spec.Exchange) *Answer { return &Answer{Exchange: ex, owner: t} }

// judgement returns the judgement of the exchange.
func (a *Answer) judgement(t *T) *spec.Judgement {
	if a.judged != nil {
		return a.judged
	}
	return t.Env.Contract.Judge(a.Exchange)
}

// Status returns the HTTP status, 0 if there was no response.
func (a *Answer) Status() int {
	if a.Response == nil {
		return 0
	}
	return a.Response.Status
}

// Success reports a 2xx status.
func (a *Answer) Success() bool { return a.Status()/100 == 2 }

// Value returns the decoded body: map[string]any, []any, string, json.Number, bool or
// nil. It is nil too if the body is no JSON.
func (a *Answer) Value() any {
	a.decode.Do(func() {
		if a.Response == nil {
			return
		}
		if name, _, err := mime.ParseMediaType(a.Response.Header.Get("Content-Type")); err == nil && content.IsLines(name) {
			lines := []any{}
			for _, text := range content.Lines(name, string(a.Response.Body)) {
				v, _ := jsontext.Value([]byte(text))
				lines = append(lines, v)
			}
			a.value = lines
			return
		}
		// Check reports a body that is no JSON
		if a.judged != nil {
			a.value, _ = a.judged.JSON()
		} else {
			a.value, _ = jsontext.Value(a.Response.Body)
		}
	})
	return a.value
}

// Object returns the body as an object, nil if it is not an object.
func (a *Answer) Object() map[string]any {
	o, _ := a.Value().(map[string]any)
	return o
}

// List returns the array at a path of property names, nil if there is none. Without names
// it is the body itself.
func (a *Answer) List(names ...string) []any {
	l, _ := a.At(names...).([]any)
	return l
}

// Text returns the string at a path of property names; ok is false if there is none.
func (a *Answer) Text(names ...string) (text string, ok bool) {
	text, ok = a.At(names...).(string)
	return text, ok
}

// At returns the value at a path of property names, nil if there is none.
func (a *Answer) At(names ...string) any {
	v := a.Value()
	for _, n := range names {
		o, _ := v.(map[string]any)
		v = o[n]
	}
	return v
}

// Member returns a string property of a row, "" unless it is a string.
func Member(row any, name string) string {
	o, _ := row.(map[string]any)
	s, _ := o[name].(string)
	return s
}
