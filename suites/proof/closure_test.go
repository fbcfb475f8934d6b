package proof

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/variants"
	"github.com/hostup/api-conformance/suites"
)

// withoutFault are requirements that no fault violates alone, with the reason.
var withoutFault = map[string]string{
	"BODY-SCHEMA-001": "every place of the document names a requirement of its own; this is the one of documents that do not (TestUnmarkedDocument)",
}

// TestEveryRequirementHasAFault: a rule that was never violated may be unable to fail.
func TestEveryRequirementHasAFault(t *testing.T) {
	alone := map[string]bool{}
	for _, f := range faults.All() {
		if len(f.Consequences) == 0 {
			alone[f.Requirement] = true
		}
	}
	for _, q := range load(t).Requirements() {
		reason, excused := withoutFault[q.ID]
		switch {
		case !alone[q.ID] && !excused:
			t.Errorf("no fault breaks %s alone: %s", q.ID, q.Sentence)
		case alone[q.ID] && excused:
			t.Errorf("%s is excused (%s), but a fault breaks it", q.ID, reason)
		}
	}
}

func TestEveryRequirementHasASpec(t *testing.T) {
	contract := load(t)
	tested := map[string]bool{}
	for _, s := range suites.List(contract) {
		for _, id := range s.Requirements {
			tested[id] = true
		}
	}
	for _, q := range contract.Requirements() {
		if !tested[q.ID] {
			t.Errorf("no spec tests %s", q.ID)
		}
	}
}

func TestEveryFaultBreaksARequirement(t *testing.T) {
	contract := load(t)
	if n := len(faults.All()); n < 250 {
		t.Errorf("%d faults, want at least 250", n)
	}
	for _, f := range faults.All() {
		for _, id := range append([]string{f.Requirement}, f.Consequences...) {
			if _, ok := contract.Requirement(id); !ok {
				t.Errorf("%s: %s is not in the catalogue", f.ID, id)
			}
		}
		if f.Operation != "" && contract.Operation(f.Operation) == nil {
			t.Errorf("%s: there is no operation %s", f.ID, f.Operation)
		}
	}
}

// TestSample runs a part of the matrix, small enough for the race detector; make faults
// runs all of it.
func TestSample(t *testing.T) {
	every := 40
	if testing.Short() {
		every = 160
	}
	opt := Options{Contract: load(t), Executable: executable(t)}
	for i, f := range faults.All() {
		if i%every == 3 {
			opt.Faults = append(opt.Faults, f)
		}
	}
	for i, v := range variants.All() {
		if i%(2*every) == 0 {
			opt.Variants = append(opt.Variants, v)
		}
	}
	m, err := Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	if !m.Sound() {
		var text strings.Builder
		_ = m.WriteText(&text)
		t.Errorf("%s", text.String())
	}
}

// TestKillMatrixIsCurrent compares the file with the catalogues. Whether the results
// still hold is tested by make faults.
func TestKillMatrixIsCurrent(t *testing.T) {
	const name = "../../fixtures/KILL_MATRIX.md"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	have := map[string][]string{} // a fault and a variant may have the same id
	for row := range strings.Lines(string(data)) {
		if cell, ok := strings.CutPrefix(row, "| `"); ok {
			id, _, _ := strings.Cut(cell, "`")
			have[id] = append(have[id], strings.TrimSpace(row))
		}
	}
	// The rows if everything is as expected.
	results := []Result{}
	for _, f := range faults.All() {
		r := Result{Kind: KindFault, ID: f.ID, Sentence: f.Sentence, Cell: f.Cell, Requirement: f.Requirement, KilledBy: f.Requirement, Expected: true}
		for _, id := range f.Consequences {
			if slices.ContainsFunc(have[f.ID], func(row string) bool { return strings.HasSuffix(row, "| "+id+" |") }) {
				r.KilledBy = id
			}
		}
		results = append(results, r)
	}
	for _, v := range variants.All() {
		results = append(results, Result{Kind: KindVariant, ID: v.ID, Sentence: v.Sentence, Source: v.Source, Strict: v.Strict, Expected: true})
	}
	var want strings.Builder
	if err := newMatrix(load(t), results, faults.Excluded()).WriteMarkdown(&want); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(want.String()) {
		if strings.HasPrefix(line, "Of the faults ") && !strings.Contains(string(data), line) {
			t.Errorf("%s does not say, run make kill-matrix:\n%s", name, line)
		}
	}
	for row := range strings.Lines(want.String()) {
		cell, ok := strings.CutPrefix(row, "| `")
		if !ok {
			continue
		}
		id, _, _ := strings.Cut(cell, "`")
		i := slices.Index(have[id], strings.TrimSpace(row))
		if i < 0 {
			t.Errorf("%s is not current, run make kill-matrix:\nwant %s\ngot  %s", name, strings.TrimSpace(row), strings.Join(have[id], "\n     "))
			continue
		}
		if have[id] = slices.Delete(have[id], i, i+1); len(have[id]) == 0 {
			delete(have, id)
		}
	}
	trivial, err := AllTrivial()
	if err != nil {
		t.Fatal(err)
	}
	for id := range have {
		if !slices.ContainsFunc(trivial, func(s Trivial) bool { return s.ID == id }) {
			t.Errorf("%s has a row for %s, which is in no catalogue", name, id)
		}
	}
}
