package generic

import (
	"encoding/json"
	"fmt"
	"testing"
)

// A row identifies itself by the name of the parameter, by the last word of that, or by
// what rows usually have.
func TestCandidates(t *testing.T) {
	for _, c := range []struct {
		path, name string
		row        map[string]any
		want       string
	}{
		{"/pets/{petId}", "petId", map[string]any{"id": "a", "name": "b"}, "a"},
		{"/teams/{team_sid}", "team_sid", map[string]any{"sid": "a", "id": "b"}, "a"},
		{"/Teams/{TeamSid}/Notes", "TeamSid", map[string]any{"sid": "a"}, "a"},
		{"/groups/{groupKey}", "groupKey", map[string]any{"key": "a", "name": "b"}, "a"},
		{"/pools/{work_pool_name}", "work_pool_name", map[string]any{"id": "a", "name": "b"}, "b"},
		{"/keys/{uidOrKey}", "uidOrKey", map[string]any{"key": "a", "name": "b", "uid": "c"}, "c"},
		{"/pets/{petID}", "petID", map[string]any{"id": "a"}, "a"},
	} {
		if got := fmt.Sprint(candidates(c.row, c.path, c.name)[0]); got != c.want {
			t.Errorf("%s of %v: %s, want %s", c.name, c.row, got, c.want)
		}
	}
}

// The address of a resource has the parameter of its path at its end, or further left.
func TestFromAddress(t *testing.T) {
	for _, c := range []struct{ address, path, name, want string }{
		{"/pets/7", "/pets/{id}", "id", "7"},
		{"https://a.example/v1/pets/7/", "/pets/{id}", "id", "7"},
		{"/pets/7/photos", "/pets/{id}", "id", "7"},
		{"/v1/repos/ann/tools", "/repos/{owner}/{name}", "name", "tools"},
		{"/crm/v3/cards/1/a7", "/{appId}/{cardId}", "cardId", "a7"},
		{"/pets/a%20b", "/pets/{id}", "id", "a b"},
		{"/v1/pets/7:act", "/pets/{id}", "id", "7:act"},
		{"/files/rep-7", "/files/rep-{n}", "n", "7"},
		{"/a/7:on/parts/3", "/a/{id}:on/parts/{part}", "part", "3"},
		{"/a/7/parts/3", "/a/{id}:on/parts/{part}", "part", ""},
		{"/owners/7", "/pets/{id}", "id", ""},
		{"/pets/", "/pets/{id}", "id", ""},
		{"", "/pets/{id}", "id", ""},
	} {
		if got, ok := fromAddress(c.address, c.path, c.name); got != c.want || ok != (c.want != "") {
			t.Errorf("%s by %s: %q, %v, want %q", c.address, c.path, got, ok, c.want)
		}
	}
}

// What an answer lists are objects; lists of values beside them say what these may have.
func TestFirstList(t *testing.T) {
	for body, want := range map[string]string{
		`[{"id":1},{"id":2}]`: `[{"id":1},{"id":2}]`,
		`["a"]`:               `["a"]`,
		`{"ids":["a"],"links":[{"rel":"next","href":"/x"}]}`:               `["a"]`,
		`{"available":["ON"],"runs":[{"id":1}]}`:                           `[{"id":1}]`,
		`{"available":["ON"],"data":{"runs":[{"id":1}]}}`:                  `[{"id":1}]`,
		`{"data":{"ids":[7]},"id":1}`:                                      `[7]`,
		`{"_links":{"curies":[{"name":"x"}]},"_embedded":{"a":[{"n":1}]}}`: `[{"n":1}]`,
		`{"a":{"b":{"c":{"rows":[{"id":1}]}}}}`:                            `null`, // deeper than a list is
		`{"id":1}`:                                                         `null`,
	} {
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			t.Fatal(err)
		}
		if got := jsonOf(firstList(v, 3)); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}
