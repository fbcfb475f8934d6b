package generic

import (
	"encoding/json"
	"testing"

	"github.com/hostup/api-conformance/suites/rule"
)

func TestOpposite(t *testing.T) {
	for _, c := range []struct {
		values         []any
		name, up, down any
	}{
		{[]any{"name", "-name"}, "name", "name", "-name"},
		{[]any{"-name", "price", "-price"}, "price", "price", "-price"},
		{[]any{"price_desc", "price_asc"}, "price", "price_asc", "price_desc"},
		{[]any{"price,asc", "price,desc"}, "price", "price,asc", "price,desc"},
		{[]any{"PRICE_ASC", "PRICE_DESC"}, "PRICE", "PRICE_ASC", "PRICE_DESC"},
		{[]any{"createdAt:ascending", "createdAt:descending"}, "createdAt", "createdAt:ascending", "createdAt:descending"},
		{[]any{"asc", "desc"}, "", nil, nil}, // of what, another parameter says
		{[]any{"name", "price"}, "", nil, nil},
		{[]any{"price_asc"}, "", nil, nil},
		{[]any{json.Number("1"), true}, "", nil, nil},
	} {
		name, up, down := opposite(c.values)
		if name != c.name || up != c.up || down != c.down {
			t.Errorf("opposite(%v) = %v, %v, %v, want %v, %v, %v", c.values, name, up, down, c.name, c.up, c.down)
		}
	}
}

func TestRising(t *testing.T) {
	for _, c := range []struct {
		values   []any
		up, down any
	}{
		{[]any{"desc", "asc"}, "asc", "desc"},
		{[]any{"ASC", "DESC"}, "ASC", "DESC"},
		{[]any{"ascending", "descending"}, "ascending", "descending"},
		{[]any{"asc"}, nil, nil},
		{[]any{"name_asc", "name_desc"}, nil, nil},
	} {
		if up, down := rising(c.values); up != c.up || down != c.down {
			t.Errorf("rising(%v) = %v, %v, want %v, %v", c.values, up, down, c.up, c.down)
		}
	}
}

func TestDisordered(t *testing.T) {
	for text, want := range map[string]bool{
		`[{"n": 1}, {"n": 3}, {"n": 2}]`:              true,
		`[{"n": 1}, {"n": 2}, {"n": 10}]`:             false,
		`[{"n": 3}, {"n": 2}, {"n": 1}]`:              false,
		`[{"n": 1}, {"n": 1}]`:                        false,
		`[{"n": 1}, {"n": null}, {"n": 0}, {"n": 4}]`: false, // where nothing belongs, no document says
		`[{"n": "b"}, {"n": "c"}, {"n": "a"}]`:        false, // nor how words are compared
		`[{"n": "2024-01-02T00:00:00Z"}, {"n": "2024-01-03T00:00:00Z"}, {"n": "2024-01-01T00:00:00Z"}]`:      true,
		`[{"n": "2024-01-02T00:00:00Z"}, {"n": "2024-01-02T00:30:00+01:00"}, {"n": "2024-01-01T00:00:00Z"}]`: false, // the second is earlier
	} {
		var rows []any
		if err := json.Unmarshal([]byte(text), &rows); err != nil {
			t.Fatal(err)
		}
		if got := disordered(listing{answer: &rule.Answer{}, rows: rows}, "n"); got != want {
			t.Errorf("disordered(%s) = %v", text, got)
		}
	}
}
