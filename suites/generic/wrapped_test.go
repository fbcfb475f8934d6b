package generic

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnwrapped(t *testing.T) {
	for _, c := range []struct {
		name, body, want string
		wrappers         []string
	}{
		{"a resource", `{"id":"1","name":"a"}`, `{"id":"1","name":"a"}`, nil},
		{"its only property", `{"pet":{"id":"1","name":"a"}}`, `{"id":"1","name":"a"}`, []string{"pet"}},
		{"two of them", `{"data":{"pet":{"id":"1","name":"a"}}}`, `{"id":"1","name":"a"}`, []string{"data", "pet"}},
		{"an envelope with a status", `{"status_code":200,"status":"OK","data":{"id":"1","status":"active"}}`, `{"id":"1","status":"active"}`, []string{"data"}},
		{"success and message", `{"success":true,"message":"done","requestId":"r","result":{"id":"1","message":"hi"}}`, `{"id":"1","message":"hi"}`, []string{"result"}},
		{"a resource with data", `{"kind":"a","data":{"x":1}}`, `{"kind":"a","data":{"x":1}}`, nil},
		{"a resource with data and a name", `{"name":"a","status":"b","data":{"x":1}}`, `{"name":"a","status":"b","data":{"x":1}}`, nil},
		{"data and a result", `{"data":{"x":1},"result":{"x":2}}`, `{"data":{"x":1},"result":{"x":2}}`, nil},
		{"a list in an envelope", `{"success":true,"data":[1]}`, `{"success":true,"data":[1]}`, nil},
		{"no object", `[1]`, `null`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var v any
			if err := json.Unmarshal([]byte(c.body), &v); err != nil {
				t.Fatal(err)
			}
			var want map[string]any
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, unwrapped(v)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.wrappers, wrappers(v)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A change may name one object of the resource alone: it is no wrapper.
func TestMeant(t *testing.T) {
	for _, c := range []struct {
		name, body, resource string
		want                 []string
	}{
		{"one object of the resource", `{"settings":{"title":"b"}}`, `{"id":"1","title":"a","settings":{"title":"a"}}`, []string{"settings.title"}},
		{"a wrapper that the answer has too", `{"pet":{"name":"b"}}`, `{"pet":{"id":"1","name":"a"}}`, []string{"name"}},
		{"a wrapper of the request alone", `{"pet":{"name":"b"}}`, `{"id":"1","name":"a"}`, []string{"name"}},
		{"one object within a wrapper", `{"pet":{"owner":{"name":"b"}}}`, `{"pet":{"id":"1","owner":{"name":"a"}}}`, []string{"owner.name"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var body, resource any
			if err := json.Unmarshal([]byte(c.body), &body); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(c.resource), &resource); err != nil {
				t.Fatal(err)
			}
			o, _ := meant(body, resource)
			if diff := cmp.Diff(c.want, ordered(scalars(o))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
