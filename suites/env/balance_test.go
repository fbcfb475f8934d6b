package env

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// TestBalanceAsksWhoDiedOnlyWithoutRoom: asking takes several system calls for each
// request in flight, and every request that changes something asks.
func TestBalanceAsksWhoDiedOnlyWithoutRoom(t *testing.T) {
	b := newBalance()
	asked := 0
	b.dead = func(process int) bool { asked++; return process == 2 }
	b.add(entry{reserved, spec.Writes, reservation{1, 1}})
	b.add(entry{reserved, spec.Writes, reservation{2, 1}})
	b.add(entry{reserved, spec.Charges, reservation{2, 2}})
	if !b.room(spec.Writes, 3) || b.spent(spec.Writes, 3) || asked > 0 {
		t.Errorf("two of three in flight: room %t, spent %t, asked %d times", b.room(spec.Writes, 3), b.spent(spec.Writes, 3), asked)
	}
	if b.room(spec.Writes, 2) || b.spent(spec.Writes, 2) {
		t.Error("two of two in flight, of which one has died: there is room, or nothing to wait for")
	}
	b.add(entry{accepted, spec.Writes, reservation{1, 1}})
	if !b.spent(spec.Writes, 2) || asked == 0 {
		t.Error("one accepted, and one whose process died: the limit of two is not reached")
	}
}
