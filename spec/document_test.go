package spec

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// data returns the contract of the built-in pack, without its code.
func data(t *testing.T) *Contract {
	t.Helper()
	read := func(name string) File {
		text, err := os.ReadFile(filepath.Join("hostup", name))
		if err != nil {
			t.Fatal(err)
		}
		return File{name, text}
	}
	p := &Pack{Name: "data", Document: read("openapi.yaml"), Overlay: read("strict.overlay.yaml"), Catalogue: read("requirements.yaml"), Versions: []Version{{Name: "v1"}, {Name: "v2"}}}
	c, err := p.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The examples of the document satisfy it, conventions included.
func TestExamplesOfTheDocumentAreValid(t *testing.T) {
	c := data(t)
	judged := 0
	for _, o := range c.operations {
		for status, r := range c.responses[o.ID] {
			for _, m := range r.media {
				_, all, ok := c.base.Resolve(r.pointer + "/content/" + escapeToken(m.name) + "/examples")
				if !ok {
					continue
				}
				for i := 0; i+1 < len(all.Content); i += 2 {
					_, node, ok := c.base.Resolve(r.pointer + "/content/" + escapeToken(m.name) + "/examples/" + all.Content[i].Value + "/value")
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

func decoded(t *testing.T, n *document.Node) any {
	t.Helper()
	text, err := json.Marshal(document.Plain(n))
	if err != nil {
		t.Fatal(err)
	}
	v, faults, ok := jsontext.Decode(text)
	if !ok || len(faults) > 0 {
		t.Fatal(faults)
	}
	return v
}

// If the overlay and the document both state something about a location, a finding names
// the line of the violated one.
func TestLocate(t *testing.T) {
	c := data(t)
	for pointer, want := range map[string]string{
		"/components/schemas/SavedCard/properties/id/pattern":     "pattern: ^card_[0-9A-Za-z]+$",
		"/components/schemas/SavedCard/required":                  "required:",
		"/components/schemas/Problem/properties/timestamp/format": "format: date-time",
		"/components/schemas/SavedCard/properties/id/type":        "",
		"/components/schemas/Nope":                                "",
	} {
		_, line := c.overlay.Locate(pointer)
		got := ""
		if line > 0 {
			got = strings.TrimSpace(strings.Split(string(c.pack.Overlay.Text), "\n")[line-1])
		}
		if got != want {
			t.Errorf("%s is written at %q, want %q", pointer, got, want)
		}
	}
}

func TestStepsOfAPlace(t *testing.T) {
	d, err := document.Parse("d", []byte("a:\n  - b: 1\n    x-requirement: {type: T, '*': S}\n"))
	if err != nil {
		t.Fatal(err)
	}
	steps, line := lineOf(d.Root, "/a/0/b")
	if line != 2 || annotation(steps, "x-requirement", "type") != "T" || annotation(steps, "x-requirement", "enum") != "S" {
		t.Error(fmt.Sprint(line, steps))
	}
}
