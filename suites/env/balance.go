package env

import (
	"fmt"
	"sync"

	"github.com/hostup/api-conformance/spec"
)

// A reservation identifies one request that may be accepted, by its process and its
// number within that process.
type reservation struct{ process, number int }

// A kind is what an entry records about a reservation. A request is reserved before it is
// sent, and accepted or refused once its outcome is known.
type kind byte

const (
	reserved kind = 'R'
	accepted kind = 'A' // also when no response denies it
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

// text returns the entry as a line of entrySize bytes.
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
	dead     func(process int) bool // nil: no process has died
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

// room reports whether another request with the effect stays below most even if all
// those in flight are accepted.
func (b *balance) room(effect spec.Effect, most int) bool {
	n := b.accepted[effect]
	for _, e := range b.open {
		if e == effect {
			n++
		}
	}
	return n < most
}

// spent reports whether most requests with the effect are made. Whether processes have
// died, which is slow to find out, matters only without room.
func (b *balance) spent(effect spec.Effect, most int) bool {
	return !b.room(effect, most) && b.made(effect) >= most
}

// made counts the accepted requests, and those of processes that died before recording an
// outcome: the target may have accepted these.
func (b *balance) made(effect spec.Effect) int {
	n := b.accepted[effect]
	for r, e := range b.open {
		if e == effect && b.lost(r) {
			n++
		}
	}
	return n
}

func (b *balance) lost(r reservation) bool { return b.dead != nil && b.dead(r.process) }

// memory keeps the entries of a run in one process.
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
