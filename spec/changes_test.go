package spec_test

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func TestChanges(t *testing.T) {
	old := readFile(t, "openapi.yaml")
	if list, err := spec.Changes("a", []byte(old), "b", []byte(old)); err != nil || len(list) != 0 {
		t.Fatalf("the same document: %v, %v", list, err)
	}
	changed := strings.Replace(old, "        expMonth:\n", "        expiryMonth:\n", 1)
	if changed == old {
		t.Fatal("the document has no member expMonth any more")
	}
	list, err := spec.Changes("a", []byte(old), "b", []byte(changed))
	if err != nil || len(list) < 2 || !list[0].Breaking {
		t.Fatalf("a renamed member: %+v, %v", list, err)
	}
	if _, err := spec.Changes("a.yaml", []byte("{"), "b", []byte(old)); err == nil || !strings.HasPrefix(err.Error(), "a.yaml is not an OpenAPI document") {
		t.Errorf("no document: %v", err)
	}
}
