package spec_test

import (
	"strings"
	"testing"
)

// The overlay can only add: what only the overlay states is a warning, and a violation of
// the document stays one.
func TestOverlay(t *testing.T) {
	document := readFile(t, "hostup/openapi.yaml")
	plain := "overlay: 1.0.0\ninfo: {title: t, version: \"1\"}\nactions:\n  - target: $.info\n    update: {x-note: none}\n"
	c, err := loadPair(t, document, plain)
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Check(changed(t, "cards-one", set("/0/id", `"7"`), drop("/0/brand"))); f != nil {
		t.Errorf("without conventions: %+v", f)
	}
	// an action may have many targets; each names its own line
	c, err = loadPair(t, document, plain+"  - target: $.components.schemas[?(@['x-requirement'] == 'CARD-TYPE-001')].properties['id','brand']\n    update:\n      minLength: 3\n")
	if err != nil {
		t.Fatal(err)
	}
	f := c.Check(changed(t, "cards-one", set("/0/id", `"7"`), set("/0/brand", `"v"`)))
	if len(f) != 2 || f[0].Requirement != "BODY-SCHEMA-002" || !strings.HasSuffix(f[0].File, "strict.overlay.yaml") || f[0].Line != 8 || f[1].Where != "$[0].id" {
		t.Errorf("%+v", f)
	}
}
