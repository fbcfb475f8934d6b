package proof

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/fixtures/variants"
)

func noCards(c *refserver.Config) {
	c.Rules.Answer = func(a *refserver.Answer) {
		if a.Call.Operation.ID == refserver.ListCards && a.Status == 200 {
			a.Value = map[string]any{"cards": a.Value}
		}
	}
}

// TestRun: the results for a detected fault, one that is detected under another id only,
// an undetected one, and a variant that does not conform.
func TestRun(t *testing.T) {
	contract := load(t)
	var told []string
	matrix, err := Run(t.Context(), Options{
		Contract: contract,
		Faults: []faults.Fault{
			{ID: "seen", Cell: true, Requirement: "CARD-READ-001", Consequences: []string{"CARD-TYPE-001", "BODY-SCHEMA-001"}, Sentence: "cards come in an object", Apply: noCards},
			{ID: "misnamed", Requirement: "PAY-TWICE-001", Sentence: "cards come in an object", Apply: noCards},
			{ID: "dead", Requirement: "CARD-READ-001", Sentence: "nothing", Apply: func(*refserver.Config) {}},
		},
		Variants: []variants.Variant{
			{ID: "faulty", Sentence: "cards come in an object", Source: "a mistake", Apply: noCards},
		},
		Excluded: map[string]string{"dull": "no page rules it out"},
		OnDone: func(_, total int, r Result) {
			if total != 4 {
				t.Errorf("total %d, want 4", total)
			}
			told = append(told, r.ID)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Score{Faults: 3, Cells: 1, Killed: 1, Variants: 1}, matrix.Score); diff != "" {
		t.Errorf("score (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"faulty", "seen", "misnamed", "dead"}, told); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	if matrix.Sound() {
		t.Error("the matrix is sound")
	}
	var text bytes.Buffer
	if err := matrix.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"SURVIVED     misnamed", "SURVIVED     dead", "FALSE ALARM  faulty", "killed    seen", "1 of 3 faults killed, 0 of 1 variants quiet",
		"of the faults 1 are cells of one table (each documented member left out, of another type, or null), 2 are behaviours", "no page rules it out"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, text.String())
		}
	}
	misnamed := matrix.Faults[1]
	if len(misnamed.ReportedBy) == 0 || len(misnamed.Alarms) == 0 {
		t.Errorf("a survivor does not say what was found instead: %+v", misnamed)
	}
}

// TestWorkers: workers return the same as this process.
func TestWorkers(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	contract := load(t)
	pick := func(id string) faults.Fault {
		i := slices.IndexFunc(faults.All(), func(f faults.Fault) bool { return f.Requirement == id })
		if i < 0 {
			t.Fatalf("no fault breaks %s", id)
		}
		return faults.All()[i]
	}
	opt := Options{
		Contract: contract,
		Faults:   []faults.Fault{pick("CARD-READ-001"), pick("ACT-KIND-001"), {ID: "no-such-fault"}},
		Variants: variants.All()[:1],
	}
	here, err := Run(t.Context(), Options{Contract: opt.Contract, Faults: opt.Faults[:2], Variants: opt.Variants})
	if err != nil {
		t.Fatal(err)
	}
	opt.Executable, opt.Procs = executable(t), 2
	there, err := Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	if got := there.Faults[2]; got.Problem != "no such server" || got.Expected {
		t.Errorf("an unknown fault: %+v", got)
	}
	there.Faults = there.Faults[:2]
	for _, m := range []*Matrix{here, there} {
		m.Score, m.Requirements = Score{}, nil
		for _, list := range [][]Result{m.Faults, m.Variants} {
			for i := range list {
				list[i].Duration = 0
			}
		}
	}
	if diff := cmp.Diff(here, there); diff != "" {
		t.Errorf("workers differ from this process (-here +there):\n%s", diff)
	}
}

func TestWorkerThatCannotBeStarted(t *testing.T) {
	m, err := Run(t.Context(), Options{Contract: load(t), Faults: faults.All()[:1], Executable: "/no/such/program", Procs: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Faults[0]; got.Expected || !strings.Contains(got.Problem, "could not be started") {
		t.Errorf("got %+v", got)
	}
}

func TestInterruption(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, exe := range []string{"", executable(t)} {
		done := func(_, _ int, r Result) {
			t.Errorf("executable %q: %s is told after the interruption", exe, r.ID)
		}
		if _, err := Run(ctx, Options{Contract: load(t), Variants: variants.All(), Executable: exe, OnDone: done}); !errors.Is(err, context.Canceled) {
			t.Errorf("executable %q: %v", exe, err)
		}
	}
}
