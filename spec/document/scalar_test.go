package document

import (
	"encoding/json"
	"strings"
	"testing"
)

// YAML 1.2.2 section 10.3.2, and merge keys: the value of a plain scalar.
func TestValue(t *testing.T) {
	for text, want := range map[string]string{
		"0123": `123`, "0o17": `15`, "0x1F": `31`, "+5": `5`, "-0": `-0`, "1_000": `"1_000"`, "12e3": `12e3`, ".5": `0.5`, "1.": `1`, "-1.50": `-1.50`,
		"12345678901234567890": `12345678901234567890`, "1:30": `"1:30"`, "2024-01-01": `"2024-01-01"`,
		"no": `"no"`, "on": `"on"`, "True": `true`, "FALSE": `false`, "~": `null`, "Null": `null`, "": `null`, `"null"`: `"null"`, `"~"`: `"~"`, "'1'": `"1"`, "!!str 1": `"1"`,
		"|\n  a": `"a\n"`,
	} {
		d, err := Parse("d.yaml", []byte("a: "+text+"\n"))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		n, _ := d.Child(d.Root, "a")
		if got := asJSON(t, n); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func asJSON(t *testing.T, n *Node) string {
	t.Helper()
	text, err := json.Marshal(Plain(n))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// JSON is read as JSON, and YAML with its anchors resolved.
func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"JSON", "\ufeff{\"a\": [1.50, \"\\u00e5\\/\\ud83d\\ude00\", null, true]}", `{"a":[1.50,"å/😀",null,true]}`},
		{"a flow mapping", "{a: 1, b: [x, 'y']}", `{"a":1,"b":["x","y"]}`},
		{"merge keys", "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz: {b: 5, <<: [*x, *y], d: 6}", `{"x":{"a":1,"b":2},"y":{"b":3,"c":4},"z":{"a":1,"b":5,"c":4,"d":6}}`},
		{"a merge of a merge", "x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y}", `{"x":{"a":1},"y":{"a":1,"b":2},"z":{"a":1,"b":2}}`},
		{"an alias", "x: &x [1]\ny: *x", `{"x":[1],"y":[1]}`},
		{"a quoted merge key", `{a: {"<<": 1}}`, `{"a":{"\u003c\u003c":1}}`},
		{"names that are numbers", "200: {404: x}", `{"200":{"404":"x"}}`},
		{"the first of two", `{"a": 1, "a": 2}`, `{"a":1}`},
	} {
		d, err := Parse("d", []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := asJSON(t, d.Root); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// Lines are those of the text, in both formats.
func TestLines(t *testing.T) {
	for name, text := range map[string]string{"JSON": "{\n\"a\": {\n\n\"b\": [1,\n2]}}", "YAML": "# a\na:\n\n  b:\n  - 2\n"} {
		d, err := Parse("d", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, line := d.Line("/a/b"); line != 4 {
			t.Errorf("%s: line %d, want 4", name, line)
		}
	}
}

// A few lines that expand to billions of values are refused, not expanded.
func TestAliasesAreBounded(t *testing.T) {
	text := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		n := string(rune('0' + i))
		m := string(rune('1' + i))
		text += "a" + m + ": &a" + m + " [" + strings.TrimSuffix(strings.Repeat("*a"+n+", ", 10), ", ") + "]\n"
	}
	if _, err := Parse("d.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), "aliases stand for more than") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a: 1", "{\"a\": [1, {}]}", "x: &x {a: *x}", "<<: [1]", "? {a: b}\n: c", "a: !!binary x", "{", "- a"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Parse("d", text)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
			return
		}
		d.CheckReferences()
		if _, err := json.Marshal(Plain(d.Root)); err != nil {
			t.Error(err)
		}
	})
}
