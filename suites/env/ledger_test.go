package env

import (
	"context"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// TestLedger: whatever the number of concurrent requests and processes, no more are
// accepted than the run may make; refused ones do not count.
func TestLedger(t *testing.T) {
	cfg := settings.Default()
	cfg.MaxPayments, cfg.MaxOrders = 3, 2
	shared := filepath.Join(t.TempDir(), "ledger")
	one := NewLedger(cfg)
	for name, ledgers := range map[string][]*Ledger{
		"one process":   {one, one},
		"two processes": {NewSharedLedger(cfg, shared, 1), NewSharedLedger(cfg, shared, 2)},
	} {
		t.Run(name, func(t *testing.T) {
			for effect, want := range map[spec.Effect]int32{spec.Charges: 3, spec.Writes: 2} {
				var accepted, sent atomic.Int32
				var all sync.WaitGroup
				for i := range 40 {
					all.Go(func() {
						l := ledgers[i%2]
						settle, refusal := l.reserve(t.Context(), effect)
						if refusal != "" {
							return
						}
						sent.Add(1)
						made := i%4 != 0 // every fourth is refused
						if made {
							accepted.Add(1)
						}
						settle(made)
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
			if _, why := ledgers[0].reserve(t.Context(), spec.Reads); why != "" {
				t.Error(why)
			}
		})
	}
}

func TestLedgerSays(t *testing.T) {
	cfg := settings.Default()
	cfg.MaxPayments, cfg.MaxOrders = 1, 0
	l := NewLedger(cfg)
	if got, want := l.spent(spec.Writes), "the run may make no orders: allow some with --max-orders"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	settle, why := l.reserve(t.Context(), spec.Charges)
	if why != "" || l.spent(spec.Charges) != "" {
		t.Error(why, l.spent(spec.Charges))
	}
	// One is pending: the next one waits for it, until the run ends at most.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, got := l.reserve(ctx, spec.Charges); got != "interrupted while waiting for other requests" {
		t.Errorf("%q", got)
	}
	settle(true)
	if _, got := l.reserve(t.Context(), spec.Charges); got != "the target has accepted 1 payment, as many as the run may make: allow more with --max-payments" {
		t.Errorf("%q", got)
	}
	lost := NewSharedLedger(cfg, filepath.Join(t.TempDir(), "no", "such"), 1)
	if _, why := lost.reserve(t.Context(), spec.Charges); why == "" || lost.spent(spec.Charges) == "" {
		t.Error("what cannot be counted may be made")
	}
}
