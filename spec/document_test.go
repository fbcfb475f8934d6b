package spec

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pb33f/go-yaml"
)

// What the document shows is what it demands, conventions included.
func TestExamplesOfTheDocumentAreValid(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	judged := 0
	for _, o := range c.operations {
		for status, r := range c.responses[o.ID] {
			for _, m := range r.media {
				_, all, ok := c.base.resolve(r.pointer + "/content/" + escapeToken(m.name) + "/examples")
				if !ok {
					continue
				}
				for i := 0; i+1 < len(all.Content); i += 2 {
					_, node, ok := c.base.resolve(r.pointer + "/content/" + escapeToken(m.name) + "/examples/" + all.Content[i].Value + "/value")
					if !ok {
						t.Fatalf("%s %s: example %s has no value", o.ID, status, all.Content[i].Value)
					}
					for _, b := range breaches(m.schema.should, decoded(t, node)) {
						t.Errorf("%s %s, example %s: %s %s: want %s, got %s", o.ID, status, all.Content[i].Value, pointerOf(b.path), b.keyword, b.want, b.got)
					}
					judged++
				}
			}
		}
	}
	if judged < 30 {
		t.Errorf("only %d examples judged", judged)
	}
}

func decoded(t *testing.T, n *yaml.Node) any {
	t.Helper()
	text, err := (&document{name: "example", root: n}).json()
	if err != nil {
		t.Fatal(err)
	}
	v, faults, ok := decodeText(text)
	if !ok || len(faults) > 0 {
		t.Fatal(faults)
	}
	return v
}

func TestResolve(t *testing.T) {
	d, err := parseDocument("d", []byte(`
a: {$ref: "#/b"}
b: {c: {$ref: "#/x~1y/0"}}
x/y: [{d: 1}]
loop: {$ref: "#/loop"}
far: {$ref: "other.yaml#/x"}
through: {$ref: "#/a/c"}
`))
	if err != nil {
		t.Fatal(err)
	}
	for pointer, want := range map[string]string{"/a": "/b", "/a/c/d": "/x~1y/0/d", "/through": "/x~1y/0", "/loop": "", "/far": "", "/b/nope": ""} {
		if got, _, ok := d.resolve(pointer); got != want || ok != (want != "") {
			t.Errorf("%s leads to %q (%v), want %q", pointer, got, ok, want)
		}
	}
}

// A $ref is checked wherever it is one, and nowhere else.
func TestCheckReferences(t *testing.T) {
	for text, ok := range map[string]bool{
		"a: {$ref: '#/nope'}":                                    false,
		"properties: {value: {$ref: '#/nope'}}":                  false,
		"properties: {example: {items: {$ref: '#/nope'}}}":       false,
		"properties: {$ref: {type: string}}":                     true,
		"responses: {default: {$ref: '#/nope'}}":                 false,
		"examples: {default: {$ref: '#/nope'}}":                  false,
		"examples: {e: {value: {$ref: '#/nope'}}}":               true,
		"examples: [{$ref: '#/nope'}]":                           true,
		"default: {$ref: '#/nope'}":                              true,
		"enum: [{$ref: '#/nope'}]":                               true,
		"x-anything: {$ref: '#/nope'}":                           true,
		"x-schema-when: [{schema: {$ref: '#/nope'}}]":            false,
		"schemas: {const: {allOf: [{$ref: '#/schemas/const'}]}}": true,
	} {
		d, err := parseDocument("d", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.checkReferences(); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestPointer(t *testing.T) {
	for _, p := range []string{"", "/", "/a", "/a~1b/~0/0", "//"} {
		if got := pointerOf(tokens(p)); got != p {
			t.Errorf("%q becomes %q", p, got)
		}
	}
}

// Where the overlay and the document say something of one place, a finding
// names the line of the one that is broken.
func TestLocate(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for pointer, want := range map[string]string{
		"/components/schemas/SavedCard/properties/id/pattern":     "pattern: ^card_[0-9A-Za-z]+$",
		"/components/schemas/SavedCard/required":                  "required:",
		"/components/schemas/Problem/properties/timestamp/format": "format: date-time",
		"/components/schemas/SavedCard/properties/id/type":        "",
		"/components/schemas/Nope":                                "",
	} {
		line := c.overlay.locate(pointer)
		got := ""
		if line > 0 {
			got = strings.TrimSpace(strings.Split(string(overlayText), "\n")[line-1])
		}
		if got != want {
			t.Errorf("%s is written at %q, want %q", pointer, got, want)
		}
	}
}

func TestStepsOfAPlace(t *testing.T) {
	d, err := parseDocument("d", []byte("a:\n  - b: 1\n    x-requirement: {type: T, '*': S}\n"))
	if err != nil {
		t.Fatal(err)
	}
	steps, line := lineOf(d.root, "/a/0/b")
	if line != 2 || annotation(steps, "x-requirement", "type") != "T" || annotation(steps, "x-requirement", "enum") != "S" {
		t.Error(fmt.Sprint(line, steps))
	}
}
