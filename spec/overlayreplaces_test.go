package spec

import "testing"

// An overlay that removes something removes no MUST.
func TestOverlayThatReplaces(t *testing.T) {
	const document = `{"openapi":"3.1.0","info":{"title":"\ud83d\ude00","version":"1"},"paths":{"/x":{"get":{"operationId":"x","responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"string","minLength":3}}}}}}}}}`
	c, err := load(source{File: File{"api.json", []byte(document)}, overlays: []File{{"over.yaml", []byte("overlay: 1.0.0\nactions:\n  - target: $..schema\n    update: {minLength: 1}\n")}}})
	if err != nil {
		t.Fatal(err)
	}
	f := c.Check(Exchange{Request: Request{Method: "GET"}, Operation: "x", Response: &Response{Status: 200, Length: -1, Header: map[string][]string{"Content-Type": {"application/json"}}, Body: []byte(`"ab"`)}})
	if len(f) != 1 || f[0].Level != Must || f[0].Keyword != "minLength" {
		t.Errorf("%+v", f)
	}
	if c.Title() != "\U0001F600" {
		t.Errorf("title %q", c.Title())
	}
}
