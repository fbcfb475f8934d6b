package generic

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
)

// What each customer may call as he likes is another thing for each.
func TestOwned(t *testing.T) {
	const name = "{name: name, in: path, required: true, schema: "
	for _, c := range []struct {
		name, paths string
		want        bool
	}{
		{"of an id that is given", "/a/{name}: {parameters: [" + name + "{type: string}}], get: {responses: {'200': {description: ok}}}}", true},
		{"by PUT", "/a/{name}: {parameters: [" + name + "{type: string}}], put: {responses: {'200': {description: ok}}}}", false},
		{"by PUT with a form", "/a/{name}: {parameters: [" + name + "{type: string, format: uuid}}], put: {responses: {'201': {description: ok}}}}", true},
		{"by PUT of what POST creates", "/a: {post: {responses: {'201': {description: ok}}}}, /a/{name}: {parameters: [" + name + "{type: string}}], put: {responses: {'200': {description: ok}}}}", true},
		{"by PUT that creates as well", "/a: {post: {responses: {'201': {description: ok}}}}, /a/{name}: {parameters: [" + name + "{type: string}}], put: {responses: {'201': {description: ok}}}}", false},
	} {
		text := "openapi: 3.1.0\ninfo: {title: owned, version: '1'}\nsecurity: [{key: []}]\ncomponents: {securitySchemes: {key: {type: http, scheme: bearer}}}\npaths: {" + c.paths + "}\n"
		contract, err := spec.LoadText(nil, "owned.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		s := newSuite(env.New(contract, config.Config{}, nil, 1))
		for _, o := range contract.Operations() {
			if len(spec.Placeholders(o.Path)) == 0 {
				continue
			}
			if got := s.owned(o); got != c.want {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	}
}
