package spec_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func TestProfile(t *testing.T) {
	c := contract(t)
	p, err := c.Profile("static-mock")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		finding spec.Finding
		counts  bool
	}{
		{spec.Finding{Requirement: "ACT-ROW-002", Operation: "GET /api/v2/billing/activity"}, true},
		{spec.Finding{Requirement: "AUTH-NONE-001", Operation: "GET /api/v2/billing/activity"}, false},
		{spec.Finding{Requirement: "ENV-TIME-001", Operation: "POST /api/billing/pay"}, true},
		{spec.Finding{Requirement: "ENV-TIME-001", Operation: "GET /api/billing/cards"}, false},
		{spec.Finding{Requirement: "HTTP-EMPTY-001", Operation: "HEAD /api/billing/cards"}, false},
		{spec.Finding{Requirement: "HTTP-METHOD-001", Operation: "PUT /api/billing/cards"}, true},
	} {
		if got := p.Judges(tt.finding); got != tt.counts {
			t.Errorf("Judges(%s at %s) = %v, want %v", tt.finding.Requirement, tt.finding.Operation, got, tt.counts)
		}
	}
	if p.Reason("AUTH-NONE-001") == "" || p.Reason("getInvoice") == "" || p.Reason("ACT-ROW-002") != "" {
		t.Error("Reason has to be empty exactly for what is tested")
	}
	if f := p.LabelFilter(); !strings.HasPrefix(f, "!(AUTH-NONE-001 || ") || !strings.HasSuffix(f, " || listCardsV1)") {
		t.Errorf("LabelFilter() = %q", f)
	}
}

func TestProfileUnknown(t *testing.T) {
	_, err := contract(t).Profile("static")
	if want := `there is no profile "static": want static-mock`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestProfileZero: a run without a profile leaves out nothing.
func TestProfileZero(t *testing.T) {
	var p spec.Profile
	if !p.Judges(spec.Finding{Requirement: "AUTH-NONE-001"}) || p.LabelFilter() != "" {
		t.Error("the zero profile leaves something out")
	}
}

// TestProfileOperations: a profile that leaves out an operation that is not in
// our document has a typing error in it.
func TestProfileOperations(t *testing.T) {
	c := contract(t)
	all, err := c.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, l := range p.LeftOut {
			if i := slices.IndexFunc(l.Operations, func(id string) bool { return c.Operation(id) == nil }); i >= 0 {
				t.Errorf("%s leaves out the operation %s, which the document does not have", p.Name, l.Operations[i])
			}
			if strings.HasSuffix(l.Reason, ".") {
				t.Errorf("%s: the reason %q ends in a full stop", p.Name, l.Reason)
			}
		}
	}
}
