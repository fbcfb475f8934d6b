package jsontext

import "testing"

func TestPath(t *testing.T) {
	value, _, _ := Decode([]byte(`{"a":[{"b c":1}],"0":{"1":[]}}`))
	for want, path := range map[string][]string{
		`$`:                nil,
		`$.a[0]["b c"]`:    {"a", "0", "b c"},
		`$["0"]["1"][7].x`: {"0", "1", "7", "x"},
		`$["å"]`:           {"å"},
	} {
		if got := Path(value, path); got != want {
			t.Errorf("%q is %s, want %s", path, got, want)
		}
	}
}
