package env

import (
	"fmt"
	"sync"

	"github.com/hostup/api-conformance/spec"
)

// A reservation is one request that may be accepted, by the number of its process
// and its own in that.
type reservation struct{ process, number int }

// What an entry says of a reservation. One is reserved before its request is
// sent; when its end is known, it is accepted or refused.
type kind byte

const (
	reserved kind = 'R'
	accepted kind = 'A' // or without an answer that denies it
	refused  kind = 'N'
)

// An entry is one step of one request.
type entry struct {
	kind        kind
	effect      spec.Effect
	reservation reservation
}

// entrySize is the length of an entry as text, in bytes.
const entrySize = len("R charges  00000001 00000001\n")

// text is the entry on a line of its own, of entrySize.
func (e entry) text() []byte {
	return fmt.Appendf(nil, "%c %-8.8s %08d %08d\n", e.kind, e.effect, e.reservation.process, e.reservation.number)
}

func parseEntry(line []byte) (e entry, err error) {
	_, err = fmt.Sscanf(string(line), "%c %s %d %d\n", &e.kind, &e.effect, &e.reservation.process, &e.reservation.number)
	if err != nil {
		return e, fmt.Errorf("the entry %q cannot be read: %w", line, err)
	}
	return e, nil
}

// A balance sums up entries.
type balance struct {
	accepted map[spec.Effect]int
	open     map[reservation]spec.Effect
	dead     func(process int) bool // nil: none is
}

func newBalance() balance {
	return balance{accepted: map[spec.Effect]int{}, open: map[reservation]spec.Effect{}}
}

func (b *balance) add(e entry) {
	switch e.kind {
	case reserved:
		b.open[e.reservation] = e.effect
		return
	case accepted:
		b.accepted[e.effect]++
	}
	delete(b.open, e.reservation)
}

// made counts the requests that were accepted, and those of processes that died
// before they could say: nobody knows any more whether the target has accepted them.
func (b *balance) made(effect spec.Effect) int {
	n := b.accepted[effect]
	for r, e := range b.open {
		if e == effect && b.lost(r) {
			n++
		}
	}
	return n
}

// pending counts the requests that are under way.
func (b *balance) pending(effect spec.Effect) (n int) {
	for r, e := range b.open {
		if e == effect && !b.lost(r) {
			n++
		}
	}
	return n
}

func (b *balance) lost(r reservation) bool { return b.dead != nil && b.dead(r.process) }

// memory are the books of a run in one process.
type memory struct {
	mu      sync.Mutex
	balance balance
}

func (*memory) process() int { return 1 }

func (m *memory) write(decide func(b *balance) *entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := decide(&m.balance); e != nil {
		m.balance.add(*e)
	}
	return nil
}
