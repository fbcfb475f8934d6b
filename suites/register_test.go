package suites

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec/packs"
)

// TestEveryRequirementHasASpec: a requirement without a spec would be in the catalogue
// but never tested.
func TestEveryRequirementHasASpec(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	tested := map[string]bool{}
	names := map[string]bool{}
	for _, s := range List(contract) {
		if names[s.Name] {
			t.Errorf("more than one spec is called %q", s.Name)
		}
		names[s.Name] = true
		if len(s.Requirements) == 0 {
			t.Errorf("%s names no requirement", strconv.Quote(s.Name))
		}
		for _, id := range s.Requirements {
			tested[id] = true
		}
	}
	var untested []string
	for _, r := range contract.Requirements() {
		if !tested[r.ID] {
			untested = append(untested, r.ID)
		}
	}
	slices.Sort(untested)
	if len(untested) > 0 {
		t.Errorf("requirements without a spec: %q", untested)
	}
}

func TestListIsStable(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(List(contract), List(contract)); diff != "" {
		t.Errorf("two lists differ:\n%s", diff)
	}
}
