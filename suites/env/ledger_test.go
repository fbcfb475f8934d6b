package env

import (
	"context"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestLedger: however many requests are under way, and in however many processes,
// no more are accepted than the run may make; refused ones cost nothing.
func TestLedger(t *testing.T) {
	cfg := Default()
	cfg.MaxPayments, cfg.MaxOrders = 3, 2
	shared := filepath.Join(t.TempDir(), "ledger")
	one := NewLedger(cfg)
	for name, ledgers := range map[string][]*Ledger{
		"one process":   {one, one},
		"two processes": {NewSharedLedger(cfg, shared), NewSharedLedger(cfg, shared)},
	} {
		t.Run(name, func(t *testing.T) {
			for effect, want := range map[spec.Effect]int32{spec.Charges: 3, spec.Writes: 2} {
				var accepted, sent atomic.Int32
				var all sync.WaitGroup
				for i := range 40 {
					all.Go(func() {
						l := ledgers[i%2]
						if l.reserve(t.Context(), effect) != "" {
							return
						}
						sent.Add(1)
						made := i%4 != 0 // every fourth is refused
						if made {
							accepted.Add(1)
						}
						l.settle(effect, made)
					})
				}
				all.Wait()
				if accepted.Load() != want {
					t.Errorf("%s: %d of %d accepted, want %d", effect, accepted.Load(), sent.Load(), want)
				}
				if ledgers[1].spent(effect) == "" {
					t.Errorf("%s: not spent", effect)
				}
			}
			if why := ledgers[0].reserve(t.Context(), spec.Reads); why != "" {
				t.Error(why)
			}
		})
	}
}

func TestLedgerSays(t *testing.T) {
	cfg := Default()
	cfg.MaxPayments, cfg.MaxOrders = 1, 0
	l := NewLedger(cfg)
	if got, want := l.spent(spec.Writes), "the run may make no orders: allow some with --max-orders"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if why := l.reserve(t.Context(), spec.Charges); why != "" || l.spent(spec.Charges) != "" {
		t.Error(why, l.spent(spec.Charges))
	}
	// One is under way: the next one waits for it, and no longer than the run.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, want := l.reserve(ctx, spec.Charges), "interrupted while waiting for other requests"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	l.settle(spec.Charges, true)
	if got, want := l.reserve(t.Context(), spec.Charges), "the target has accepted 1 payment, as many as the run may make: allow more with --max-payments"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	lost := NewSharedLedger(cfg, filepath.Join(t.TempDir(), "no", "such"))
	if lost.reserve(t.Context(), spec.Charges) == "" || lost.spent(spec.Charges) == "" {
		t.Error("what cannot be counted may be made")
	}
}
