package env

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
)

// A Ledger counts what the target has accepted, so that a run never makes more than it
// may: a request that could be one too many waits for those in flight. The processes of a
// run share one through a [journal]; a request whose process died before its outcome was
// recorded counts as accepted. A Ledger is safe for concurrent use.
type Ledger struct {
	limits map[spec.Effect]limit
	sends  limit // of all requests; most 0 means no limit
	books  books

	mu   sync.Mutex
	next int // number of the next reservation of this process
}

// A limit is the number of requests with an effect that may be accepted.
type limit struct {
	most       int
	what, flag string
}

// books hold the entries of all processes of a run.
type books interface {
	// write calls decide with all entries so far, while no other process writes, and adds
	// the entry that decide returns; nil adds none. It returns an error if the entry
	// could not be added.
	write(decide func(b *balance) *entry) error
	// process returns the number of this process.
	process() int
}

// NewLedger returns a ledger for one process.
func NewLedger(cfg config.Config) *Ledger { return newLedger(cfg, &memory{balance: newBalance()}) }

// NewSharedLedger returns a ledger shared by all processes with the same path. It creates
// missing files. process is the number of this process and must be unique. Requests that
// cannot be counted are refused.
func NewSharedLedger(cfg config.Config, path string, process int) *Ledger {
	return newLedger(cfg, openJournal(path, process))
}

func newLedger(cfg config.Config, b books) *Ledger {
	limits := map[spec.Effect]limit{
		spec.Writes:  {cfg.MaxOrders, "order", "--max-orders"},
		spec.Charges: {cfg.MaxPayments, "payment", "--max-payments"},
	}
	if cfg.Foreign {
		changes := limit{cfg.MaxWrites, "change", "--max-writes"}
		limits[spec.Writes], limits[spec.Deletes] = changes, changes
	}
	return &Ledger{limits: limits, sends: limit{cfg.MaxRequests, "request", "--max-requests"}, books: b}
}

// reserve waits until the request may be sent. Then call settle with whether the target
// has, or may have, accepted it. A refusal says why the request may not be sent; settle
// is nil then.
func (l *Ledger) reserve(ctx context.Context, effect spec.Effect) (settle func(made bool), refusal string) {
	if refusal := l.count(); refusal != "" {
		return nil, refusal
	}
	limit, limited := l.limits[effect]
	if !limited {
		return func(bool) {}, ""
	}
	mine := l.number()
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, 100*time.Millisecond) {
		var fits, spent bool
		err := l.books.write(func(b *balance) *entry {
			spent = b.spent(effect, limit.most)
			if fits = b.room(effect, limit.most); !fits {
				return nil
			}
			return &entry{reserved, effect, mine}
		})
		switch {
		case err != nil:
			return nil, limit.uncounted(err)
		case spent:
			return nil, limit.reached()
		case fits:
			return func(made bool) { l.settle(effect, mine, made) }, ""
		}
		select {
		case <-ctx.Done():
			return nil, "interrupted while waiting for other requests"
		case <-time.After(pause):
		}
	}
}

// allRequests is the pseudo-effect under which all requests of a run are counted.
const allRequests spec.Effect = "request"

// count counts a request of any effect; it returns a refusal if the run has sent as many
// as it may.
func (l *Ledger) count() (refusal string) {
	if l.sends.most == 0 {
		return ""
	}
	mine := l.number()
	err := l.books.write(func(b *balance) *entry {
		if !b.room(allRequests, l.sends.most) {
			refusal = l.sends.sent()
			return nil
		}
		return &entry{reserved, allRequests, mine}
	})
	if err != nil {
		return fmt.Sprintf("the requests of the run cannot be counted: %v", err)
	}
	return refusal
}

// sent returns the refusal for a run that may send no more requests.
func (l limit) sent() string {
	return fmt.Sprintf("the run has sent %s, as many as it may: allow more with %s", config.Plural(l.most, l.what), l.flag)
}

// settle records the outcome of a reserved request. If that fails, the request remains
// reserved, and counts.
func (l *Ledger) settle(effect spec.Effect, mine reservation, made bool) {
	kind := refused
	if made {
		kind = accepted
	}
	_ = l.books.write(func(*balance) *entry { return &entry{kind, effect, mine} })
}

// spent returns why no more requests with the effect may be made, "" while some may.
func (l *Ledger) spent(effect spec.Effect) (refusal string) {
	if l.sends.most > 0 {
		if err := l.books.write(func(b *balance) *entry {
			if !b.room(allRequests, l.sends.most) {
				refusal = l.sends.sent()
			}
			return nil
		}); err != nil || refusal != "" {
			return refusal
		}
	}
	limit, limited := l.limits[effect]
	if !limited {
		return ""
	}
	err := l.books.write(func(b *balance) *entry {
		if b.spent(effect, limit.most) {
			refusal = limit.reached()
		}
		return nil
	})
	if err != nil {
		return limit.uncounted(err)
	}
	return refusal
}

func (l *Ledger) number() reservation {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next++
	return reservation{l.books.process(), l.next}
}

func (l limit) uncounted(err error) string {
	return fmt.Sprintf("the %ss of the run cannot be counted: %v", l.what, err)
}

func (l limit) reached() string {
	if l.most == 0 {
		return fmt.Sprintf("the run may make no %ss: allow some with %s", l.what, l.flag)
	}
	return fmt.Sprintf("the target has accepted %s, as many as the run may make: allow more with %s", config.Plural(l.most, l.what), l.flag)
}
