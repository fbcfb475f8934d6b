package env

import (
	"context"
	"slices"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// TestEnd: what specs have made for each other is taken back once, the last first, also what
// one of these registers; not after an interruption.
func TestEnd(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	e := New(contract, settings.Default(), nil, 1)
	var got []string
	add := func(name string) { e.AtEnd(func(context.Context) { got = append(got, name) }) }
	add("parent")
	e.AtEnd(func(context.Context) { got = append(got, "child"); add("late") })
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	e.End(interrupted)
	if got != nil {
		t.Errorf("after an interruption: %q", got)
	}
	e.End(t.Context())
	e.End(t.Context())
	if want := []string{"child", "late", "parent"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSetAside: what is set aside counts at once, so that nothing else uses it up.
func TestSetAside(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	cfg := settings.Default()
	cfg.MaxOrders = 2
	e := New(contract, cfg, nil, 1)
	if settle, why := e.ledger.reserve(t.Context(), spec.Writes); why != "" {
		t.Fatal(why)
	} else {
		settle(true)
	}
	if e.SetAside(t.Context(), spec.Writes) {
		t.Error("something is set aside for an end that nobody has promised")
	}
	e.Ends()
	if !e.SetAside(t.Context(), spec.Writes) {
		t.Error("one of two is left, and cannot be set aside")
	}
	if e.SetAside(t.Context(), spec.Writes) || e.Spent(spec.Writes) == "" {
		t.Error("more than there is can be set aside")
	}
}
