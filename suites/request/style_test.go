package request

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// The table in OpenAPI 3.1.1, Style Examples: color as an empty text, a text, a list and
// an object.
func TestStyles(t *testing.T) {
	list := []any{"blue", "black", "brown"}
	object := map[string]any{"R": "100", "G": "200", "B": "150"}
	for _, x := range []struct {
		in, style string
		explode   bool
		value     any
		want      string
	}{
		{"path", "simple", false, "blue", "blue"},
		{"path", "simple", false, list, "blue,black,brown"},
		{"path", "simple", false, object, "B,150,G,200,R,100"},
		{"path", "simple", true, object, "B=150,G=200,R=100"},
		{"path", "matrix", false, "blue", ";color=blue"},
		{"path", "matrix", false, list, ";color=blue,black,brown"},
		{"path", "matrix", true, list, ";color=blue;color=black;color=brown"},
		{"path", "matrix", false, object, ";color=B,150,G,200,R,100"},
		{"path", "matrix", true, object, ";B=150;G=200;R=100"},
		{"path", "label", false, "blue", ".blue"},
		{"path", "label", false, list, ".blue,black,brown"},
		{"path", "label", true, list, ".blue.black.brown"},
		{"path", "label", true, object, ".B=150.G=200.R=100"},
		{"query", "form", true, "blue", "color=blue"},
		{"query", "form", true, list, "color=blue&color=black&color=brown"},
		{"query", "form", false, list, "color=blue,black,brown"},
		{"query", "form", true, object, "B=150&G=200&R=100"},
		{"query", "form", false, object, "color=B,150,G,200,R,100"},
		{"query", "spaceDelimited", false, list, "color=blue%20black%20brown"},
		{"query", "pipeDelimited", false, list, "color=blue%7Cblack%7Cbrown"},
		{"query", "deepObject", true, object, "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"},
		{"query", "deepObject", true, map[string]any{"in": map[string]any{"a": true}}, "color%5Bin%5D%5Ba%5D=true"},
		{"path", "simple", false, "a/b ü?", "a%2Fb%20%C3%BC%3F"},
		{"query", "form", true, "a&b=c", "color=a%26b%3Dc"},
	} {
		p := spec.Input{Name: "color", In: x.in, Style: x.style, Explode: x.explode}
		d := Draft{
			Operation: &spec.Operation{Path: "/{color}"},
			Inputs:    spec.Inputs{Parameters: []spec.Input{p}},
			values:    map[string]any{InputName(p): x.value},
		}
		got := d.query()
		if x.in == "path" {
			got = d.path()[1:]
		}
		if got != x.want {
			t.Errorf("%s %s explode %t of %v: got %q, want %q", x.in, x.style, x.explode, x.value, got, x.want)
		}
	}
}

// A parameter with content is written in its media type (OpenAPI 3.1, Parameter Object).
func TestContentParameters(t *testing.T) {
	for _, x := range []struct {
		media string
		value any
		want  string
	}{
		{"application/json", "a", "%22a%22"},
		{"application/vnd.api+json; charset=utf-8", "a", "%22a%22"},
		{"application/json", map[string]any{"a": true}, "%7B%22a%22%3Atrue%7D"},
		{"text/plain", "a b", "a%20b"},
		{"text/plain", true, "true"},
	} {
		p := spec.Input{Name: "color", In: "path", Media: x.media}
		d := Draft{Operation: &spec.Operation{Path: "/{color}"}, Inputs: spec.Inputs{Parameters: []spec.Input{p}}, values: map[string]any{InputName(p): x.value}}
		if got := d.path()[1:]; got != x.want {
			t.Errorf("%v as %s: got %q, want %q", x.value, x.media, got, x.want)
		}
	}
}
