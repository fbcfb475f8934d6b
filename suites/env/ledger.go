package env

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// A Ledger counts what the target has accepted of what a run may make, so that it
// never makes more: a request that could be one too many waits for those that are
// under way. Processes of one run share one by a file. It is safe for concurrent
// use.
type Ledger struct {
	limits map[spec.Effect]limit
	sends  limit // of all requests; most is 0 without one
	// update changes the entries while nobody else does.
	update func(change func(*entries)) error
}

// A limit is how many requests with an effect may be accepted.
type limit struct {
	most       int
	what, flag string
}

// entries count requests by effect.
type entries struct {
	Made    map[spec.Effect]int // accepted, or without an answer that denies it
	Pending map[spec.Effect]int // sent
}

// NewLedger makes a ledger for one process.
func NewLedger(cfg Config) *Ledger {
	var mu sync.Mutex
	var e entries
	return newLedger(cfg, func(change func(*entries)) error {
		mu.Lock()
		defer mu.Unlock()
		e.change(change)
		return nil
	})
}

func newLedger(cfg Config, update func(func(*entries)) error) *Ledger {
	if cfg.Foreign {
		writes := limit{cfg.MaxWrites, "change", "--max-writes"}
		return &Ledger{
			limits: map[spec.Effect]limit{spec.Writes: writes, spec.Deletes: writes, spec.Charges: {cfg.MaxPayments, "payment", "--max-payments"}},
			sends:  limit{cfg.MaxRequests, "request", "--max-requests"},
			update: update,
		}
	}
	return &Ledger{
		limits: map[spec.Effect]limit{
			spec.Writes:  {cfg.MaxOrders, "order", "--max-orders"},
			spec.Charges: {cfg.MaxPayments, "payment", "--max-payments"},
		},
		update: update,
	}
}

func (e *entries) change(change func(*entries)) {
	if e.Made == nil {
		e.Made, e.Pending = map[spec.Effect]int{}, map[spec.Effect]int{}
	}
	change(e)
}

// reserve waits until the request may be sent; settle has to follow. Otherwise it
// says why it may not.
func (l *Ledger) reserve(ctx context.Context, effect spec.Effect) (refusal string) {
	if refusal := l.count(); refusal != "" {
		return refusal
	}
	limit, limited := l.limits[effect]
	if !limited {
		return ""
	}
	const pause = 5 * time.Millisecond
	for {
		var fits, spent bool
		err := l.update(func(e *entries) {
			spent = e.Made[effect] >= limit.most
			if fits = e.Made[effect]+e.Pending[effect] < limit.most; fits {
				e.Pending[effect]++
			}
		})
		switch {
		case err != nil:
			return fmt.Sprintf("the %ss of the run cannot be counted: %v", limit.what, err)
		case spent:
			return limit.reached()
		case fits:
			return ""
		}
		select {
		case <-ctx.Done():
			return "interrupted while waiting for other requests"
		case <-time.After(pause):
		}
	}
}

// allRequests counts the requests of a run among the entries.
const allRequests spec.Effect = "request"

// count counts a request of any effect, unless the run has sent as many as it may.
func (l *Ledger) count() (refusal string) {
	if l.sends.most == 0 {
		return ""
	}
	err := l.update(func(e *entries) {
		if e.Made[allRequests] >= l.sends.most {
			refusal = l.sends.sent()
		} else {
			e.Made[allRequests]++
		}
	})
	if err != nil {
		return fmt.Sprintf("the requests of the run cannot be counted: %v", err)
	}
	return refusal
}

// sent says that no more requests may be sent.
func (l limit) sent() string {
	return fmt.Sprintf("the run has sent %s, as many as it may: allow more with %s", plural(l.most, l.what), l.flag)
}

// settle says what became of a request that was reserved.
func (l *Ledger) settle(effect spec.Effect, made bool) {
	if _, limited := l.limits[effect]; !limited {
		return
	}
	// What cannot be written here is seen by the next reserve.
	_ = l.update(func(e *entries) {
		e.Pending[effect]--
		if made {
			e.Made[effect]++
		}
	})
}

// spent says that no more may be made, "" while some may.
func (l *Ledger) spent(effect spec.Effect) (refusal string) {
	if l.sends.most > 0 {
		if err := l.update(func(e *entries) {
			if e.Made[allRequests] >= l.sends.most {
				refusal = l.sends.sent()
			}
		}); err != nil || refusal != "" {
			return refusal
		}
	}
	limit, limited := l.limits[effect]
	if !limited {
		return ""
	}
	err := l.update(func(e *entries) {
		if e.Made[effect] >= limit.most {
			refusal = limit.reached()
		}
	})
	if err != nil {
		return fmt.Sprintf("the %ss of the run cannot be counted: %v", limit.what, err)
	}
	return refusal
}

func (l limit) reached() string {
	if l.most == 0 {
		return fmt.Sprintf("the run may make no %ss: allow some with %s", l.what, l.flag)
	}
	return fmt.Sprintf("the target has accepted %s, as many as the run may make: allow more with %s", plural(l.most, l.what), l.flag)
}
