package spec

import (
	"testing"

	"github.com/pb33f/jsonschema/v6"
)

// Schemas that refer to one another are built once: in some documents each leads to all.
func TestSharedAcceptors(t *testing.T) {
	one := &jsonschema.Schema{DraftVersion: 2020, Required: []string{"id"}}
	first := &jsonschema.Schema{DraftVersion: 2020, Ref: one}
	second := &jsonschema.Schema{DraftVersion: 2020, Properties: map[string]*jsonschema.Schema{"next": one, "again": first}}
	shared := &sharedAcceptors{all: acceptors{}}
	shared.of(first)
	known := shared.all[one]
	if second := shared.of(second); second.accepts(map[string]any{"again": map[string]any{}}) || !second.accepts(map[string]any{}) {
		t.Error("what is built later does not accept exactly what it refers to")
	}
	if len(shared.all) != 3 || shared.all[one] != known {
		t.Errorf("built %d acceptors, want one for each of 3 schemas", len(shared.all))
	}
}
