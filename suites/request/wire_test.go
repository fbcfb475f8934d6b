package request_test

import (
	"testing"

	"github.com/hostup/api-conformance/fixtures/micro"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// Each input of a request is written as its table has it.
func TestOnTheWire(t *testing.T) {
	for _, s := range micro.Requests() {
		t.Run(s.Name, func(t *testing.T) {
			c, err := spec.LoadText(nil, "micro.yaml", []byte(s.YAML()))
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range c.Problems() {
				t.Errorf("%d: %s %s", p.Line, p.ID, p.Text)
			}
			b := request.New(c, "")
			d, err := b.Draft(c.Operation("send"), nil)
			if err != nil {
				t.Fatal(err)
			}
			r, err := b.Request(d, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{
				"path": r.Path, "query": r.Query, "querystring": r.Query, "header": r.Header.Get("X-Color"), "cookie": r.Header.Get("Cookie"), "body": string(r.Body),
			}[s.In()]
			if got != s.Want {
				t.Errorf("got  %q\nwant %q", got, s.Want)
			}
			if kind := r.Header.Get("Content-Type"); kind != s.Type {
				t.Errorf("Content-Type %q, want %q", kind, s.Type)
			}
		})
	}
}
