package proof

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/variants"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

// TestUnmarkedDocument is the proof for BODY-SCHEMA-001, which no fault of the catalogue
// violates: with a document that names no requirements, it is the id of every violation
// of a schema, and only of those.
func TestUnmarkedDocument(t *testing.T) {
	broken := []string{ // one for each documented response
		"activity-row-amount-text", "card-added-at-epoch", "cards-v1-envelope-success-null", "hosting-account-billing-null",
		"invoice-status-number", "order-invoice-id-number", "pay-data-message-list", "problem-detail-list", "tier-account-billing-missing",
	}
	opt := Options{Contract: unmarked(t)}
	for _, f := range faults.All() {
		if slices.Contains(broken, f.ID) {
			f.Requirement, f.Consequences = "BODY-SCHEMA-001", nil
			opt.Faults = append(opt.Faults, f)
		}
	}
	for _, v := range variants.All() {
		if v.ID == "clean" {
			opt.Variants = append(opt.Variants, v)
		}
	}
	m, err := Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	if m.Score.Killed != len(broken) || m.Score.Quiet != 1 {
		t.Errorf("%d of %d breaches of a schema are named BODY-SCHEMA-001, %d of 1 sound servers are quiet", m.Score.Killed, len(broken), m.Score.Quiet)
		for _, r := range append(m.Faults, m.Variants...) {
			if !r.Expected {
				t.Logf("%s: reported %v, alarms %v, problem %q", r.ID, r.ReportedBy, r.Alarms, r.Problem)
			}
		}
	}
}

// unmarked returns the contract of the built-in document as another author would have
// written it: without requirements.
func unmarked(t *testing.T) *spec.Contract {
	t.Helper()
	text, err := os.ReadFile("../../spec/hostup/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	if n := unmark(&document); n == 0 {
		t.Fatal("the document names no requirements")
	}
	if text, err = yaml.Marshal(&document); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "openapi.yaml")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	contract, err := packs.LoadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return contract
}

// unmark removes the properties that name a requirement, and counts them.
func unmark(n *yaml.Node) (removed int) {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); {
		if n.Content[i].Value != "x-requirement" {
			i += 2
			continue
		}
		n.Content = slices.Delete(n.Content, i, i+2)
		removed++
	}
	for _, child := range n.Content {
		removed += unmark(child)
	}
	return removed
}
