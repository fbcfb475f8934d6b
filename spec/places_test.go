package spec_test

import (
	"strings"
	"testing"
)

func TestPlaces(t *testing.T) {
	c := contract(t)
	for id, file := range map[string]string{"ACT-METHOD-001": "spec/hostup/openapi.yaml:", "CARD-FORM-001": "spec/hostup/strict.overlay.yaml:"} {
		places := c.Places(id)
		if len(places) == 0 || !strings.HasPrefix(places[0], file) {
			t.Errorf("%s is named at %v, want lines of %s", id, places, file)
		}
	}
	if p := c.Places("NO-SUCH-001"); p != nil {
		t.Errorf("an id that nobody names: %v", p)
	}
}
