package generic

import "testing"

// The address of a resource has the parameter of its path at its end, or further left.
func TestFromAddress(t *testing.T) {
	for _, c := range []struct{ address, path, name, want string }{
		{"/pets/7", "/pets/{id}", "id", "7"},
		{"https://a.example/v1/pets/7/", "/pets/{id}", "id", "7"},
		{"/pets/7/photos", "/pets/{id}", "id", "7"},
		{"/v1/repos/ann/tools", "/repos/{owner}/{name}", "name", "tools"},
		{"/crm/v3/cards/1/a7", "/{appId}/{cardId}", "cardId", "a7"},
		{"/pets/a%20b", "/pets/{id}", "id", "a b"},
		{"/owners/7", "/pets/{id}", "id", ""},
	} {
		if got, ok := fromAddress(c.address, c.path, c.name); got != c.want || ok != (c.want != "") {
			t.Errorf("%s by %s: %q, %v, want %q", c.address, c.path, got, ok, c.want)
		}
	}
}
