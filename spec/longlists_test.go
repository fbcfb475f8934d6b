package spec

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pb33f/jsonschema/v6"
)

// TestLongLists: an endless list of wrong rows is judged by its first ones, and one
// that is wrong far behind is still found.
func TestLongLists(t *testing.T) {
	rows := func(n int, row any) []any { return slices.Repeat([]any{row}, n) }
	for _, tt := range []struct {
		value any
		items int
		want  any
		all   bool
	}{
		{rows(3, "a"), 3, rows(3, "a"), true},
		{rows(4, "a"), 3, rows(3, "a"), false},
		{map[string]any{"data": rows(4, "a"), "x": 1}, 3, map[string]any{"data": rows(3, "a"), "x": 1}, false},
		{[]any{"a", rows(4, "b")}, 3, []any{"a", rows(3, "b")}, false},
		{map[string]any{"x": rows(1, rows(1, "b"))}, 3, map[string]any{"x": rows(1, rows(1, "b"))}, true},
	} {
		got, all := shortened(tt.value, tt.items)
		if diff := cmp.Diff(tt.want, got); diff != "" || all != tt.all {
			t.Errorf("%v: all %v, want %v\n%s", tt.value, all, tt.all, diff)
		}
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("s.json", map[string]any{"type": "array", "items": map[string]any{"type": "string"}}); err != nil {
		t.Fatal(err)
	}
	schema := compiler.MustCompile("s.json")
	if n := len(breaches(schema, rows(1_000_000, true))); n != mostRows {
		t.Errorf("%d breaches of a million wrong rows, want those of the first %d", n, mostRows)
	}
	late := append(rows(900_000, "a"), true)
	if list := breaches(schema, late); len(list) != 1 || list[0].path[0] != "900000" {
		t.Errorf("breaches of a late wrong row: %+v", list)
	}
}
