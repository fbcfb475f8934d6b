package rule

import (
	"mime"
	"sync"
	"weak"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// An Answer is an exchange as a spec looks at it. Its Response is nil when no
// answer came.
type Answer struct {
	spec.Exchange

	// Findings are what [env.Env.Judge] says of the exchange.
	Findings []spec.Finding

	owner    *T
	unserved string          // why it is still a 429
	judged   *spec.Judgement // nil where the spec sent the request in its own way, or where it is not kept
	reached  []string        // what it puts to the test, where the judgement is not kept

	decode sync.Mutex
	value  *any // once decoded: most answers are judged and never looked into
	large  weak.Pointer[any]
}

// mostHeld is how many bytes a body may have that is held decoded, which takes many
// times as much, together with its answer. A spec may hold dozens of these.
const mostHeld = 64 << 10

func newAnswer(t *T, ex spec.Exchange) *Answer { return &Answer{Exchange: ex, owner: t} }

// judgement is that of the exchange.
func (a *Answer) judgement(t *T) *spec.Judgement {
	if a.judged != nil {
		return a.judged
	}
	return t.Env.Contract.Judge(a.Exchange)
}

// puts lists the requirements that the answer puts to the test.
func (a *Answer) puts(t *T) []string {
	if a.reached != nil {
		return a.reached
	}
	return t.Env.Reached(a.judgement(t))
}

// lighten drops what can be made again, if it is too much to be held.
func (a *Answer) lighten(t *T) {
	if a.Response != nil && len(a.Response.Body) > mostHeld {
		a.reached = a.puts(t)
		a.judged = nil
	}
}

// Status is the HTTP status, 0 when no answer came.
func (a *Answer) Status() int {
	if a.Response == nil {
		return 0
	}
	return a.Response.Status
}

// Success reports a 2xx status.
func (a *Answer) Success() bool { return a.Status()/100 == 2 }

// Value is the decoded body: map[string]any, []any, string, json.Number, bool
// or nil.
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
	// that the body is no JSON is a finding of Check
	if a.judged != nil {
		v, _ := a.judged.JSON()
		return v
	}
	v, _ := jsontext.Value(a.Response.Body)
	return v
}

// Object is the body as an object, nil if it is none.
func (a *Answer) Object() map[string]any {
	o, _ := a.Value().(map[string]any)
	return o
}

// List is the array at a path of member names, nil if there is none. Without
// names it is the body itself.
func (a *Answer) List(names ...string) []any {
	l, _ := a.At(names...).([]any)
	return l
}

// Text is the string at a path of member names; ok is false if there is none.
func (a *Answer) Text(names ...string) (text string, ok bool) {
	text, ok = a.At(names...).(string)
	return text, ok
}

// At is the value at a path of member names, nil if there is none.
func (a *Answer) At(names ...string) any {
	v := a.Value()
	for _, n := range names {
		o, _ := v.(map[string]any)
		v = o[n]
	}
	return v
}

// Member is a member of a row, "" unless it is a string.
func Member(row any, name string) string {
	o, _ := row.(map[string]any)
	s, _ := o[name].(string)
	return s
}
