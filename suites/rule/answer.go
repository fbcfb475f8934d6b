package rule

import (
	"mime"
	"sync"
	"weak"

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
	judged   *spec.Judgement // nil if the spec sent the request by other means, or if it is not kept
	reached  []string        // requirements that the response puts to the test, if judged is not kept

	decode sync.Mutex
	value  *any              // set on first use: most responses are judged and never inspected
	large  weak.Pointer[any] // instead of value for a body of more than mostHeld bytes
}

// mostHeld is the largest body, in bytes, that is kept decoded, which takes many times
// as much. A spec may hold dozens of responses.
const mostHeld = 64 << 10

func newAnswer(t *T, ex spec.Exchange) *Answer { return &Answer{Exchange: ex, owner: t} }

// judgement returns the judgement of the exchange.
func (a *Answer) judgement(t *T) *spec.Judgement {
	if a.judged != nil {
		return a.judged
	}
	return t.Env.Contract.Judge(a.Exchange)
}

// puts returns the requirements that the response puts to the test.
func (a *Answer) puts(t *T) []string {
	if a.reached != nil {
		return a.reached
	}
	return t.Env.Reached(a.judgement(t))
}

// lighten drops the judgement of a large response, with its decoded body.
func (a *Answer) lighten(t *T) {
	if a.Response != nil && len(a.Response.Body) > mostHeld {
		a.reached = a.puts(t)
		a.judged = nil
	}
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
	a.decode.Lock()
	defer a.decode.Unlock()
	value := a.value
	if value == nil {
		value = a.large.Value()
	}
	if value == nil {
		v := a.decoded()
		if value = &v; a.Response != nil && len(a.Response.Body) > mostHeld {
			a.large = weak.Make(value)
		} else {
			a.value = value
		}
	}
	return *value
}

// decoded decodes the body.
func (a *Answer) decoded() any {
	if a.Response == nil {
		return nil
	}
	if name, _, err := mime.ParseMediaType(a.Response.Header.Get("Content-Type")); err == nil && content.IsLines(name) {
		values := []any{}
		var lines jsontext.Reader
		for _, text := range content.Lines(name, string(a.Response.Body)) {
			v, _, _ := lines.Decode([]byte(text))
			values = append(values, v)
		}
		return values
	}
	// Check reports a body that is no JSON
	if a.judged != nil {
		v, _ := a.judged.JSON()
		return v
	}
	v, _ := jsontext.Value(a.Response.Body)
	return v
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
