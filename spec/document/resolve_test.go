package document

import "testing"

func TestResolve(t *testing.T) {
	d, err := Parse("d", []byte(`
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
		if got, _, ok := d.Resolve(pointer); got != want || ok != (want != "") {
			t.Errorf("%s leads to %q (%v), want %q", pointer, got, ok, want)
		}
	}
}

func TestPointer(t *testing.T) {
	for _, p := range []string{"", "/", "/a", "/a~1b/~0/0", "//"} {
		if got := Pointer(Tokens(p)...); got != p {
			t.Errorf("%q becomes %q", p, got)
		}
	}
}
