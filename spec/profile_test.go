package spec_test

import (
	"os"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

func staticMock(t testing.TB) spec.Profile {
	t.Helper()
	p, err := packs.ProfileNamed("static-mock")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestProfileCounts(t *testing.T) {
	c, p := contract(t), staticMock(t)
	for _, tt := range []struct {
		requirement, operation string
		counts                 bool
	}{
		{"ACT-ROW-002", "GET /api/v2/billing/activity", true},
		{"AUTH-NONE-001", "GET /api/v2/billing/activity", false},
		{"ENV-TIME-001", "POST /api/billing/pay", true},
		{"ENV-TIME-001", "GET /api/billing/cards", false},
		{"HTTP-EMPTY-001", "HEAD /api/billing/cards", false},
		{"HTTP-METHOD-001", "PUT /api/billing/cards", true},
	} {
		f := spec.Finding{Requirement: tt.requirement, Operation: tt.operation}
		if got := c.Counts(p, f); got != tt.counts {
			t.Errorf("%s at %s counts: %v, want %v", tt.requirement, tt.operation, got, tt.counts)
		}
		if !c.Counts(spec.Profile{}, f) {
			t.Errorf("the zero profile leaves out %s at %s", tt.requirement, tt.operation)
		}
	}
}

func TestProfileLabelFilter(t *testing.T) {
	f := staticMock(t).LabelFilter()
	if !strings.HasPrefix(f, "!(AUTH-NONE-001 || ") || !strings.HasSuffix(f, " || listCardsV1)") {
		t.Errorf("LabelFilter() = %q", f)
	}
	if f := (spec.Profile{}).LabelFilter(); f != "" {
		t.Errorf("LabelFilter() of the zero profile = %q", f)
	}
}

func TestProfileNamed(t *testing.T) {
	_, err := packs.ProfileNamed("static")
	if want := `there is no profile "static": want static-mock`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if p, err := packs.ProfileNamed(""); err != nil || p.LabelFilter() != "" {
		t.Errorf("no name: got %v, %v", p, err)
	}
}

// TestProfiles: excluded requirements exist, have a reason and are listed once.
func TestProfiles(t *testing.T) {
	c := contract(t)
	generic, err := os.ReadFile("generic.yaml") // the rules for any document
	if err != nil {
		t.Fatal(err)
	}
	all, err := packs.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.Name == "" || p.Sentence == "" || len(p.LeftOut) == 0 {
			t.Errorf("profile %q needs name, sentence and leftOut", p.Name)
		}
		seen := map[string]bool{}
		note := func(id string, exists bool) {
			if !exists {
				t.Errorf("%s leaves out %s, which does not exist", p.Name, id)
			}
			if seen[id] {
				t.Errorf("%s leaves out %s twice", p.Name, id)
			}
			seen[id] = true
		}
		for _, l := range p.LeftOut {
			if l.Reason == "" || strings.HasSuffix(l.Reason, ".") {
				t.Errorf("%s: the reason %q has to say something, without a full stop", p.Name, l.Reason)
			}
			for _, id := range l.Requirements {
				_, ok := c.Requirement(id)
				note(id, ok || strings.Contains(string(generic), "- id: "+id+"\n"))
			}
			for _, id := range l.Operations {
				note(id, c.Operation(id) != nil)
			}
		}
	}
}
