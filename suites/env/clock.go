package env

import (
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// standstill is how long two answers have to lie apart before they must not say
// the same time: a timestamp may have whole seconds.
const standstill = 2 * time.Second

// clock remembers which timestamps answers had, and when. One that comes again
// much later was not taken for its answer: it is that of the start of a process,
// or of a cache. It is safe for concurrent use; the zero value is empty.
type clock struct {
	mu   sync.Mutex
	seen map[string]stamped
}

type stamped struct {
	exchange string
	date     string // header
	received time.Time
}

// Stopped is the finding that a much earlier answer of the same version had the
// timestamp of this one; false if none had, or the catalogue says nothing of that: a
// member of that name may be the time of anything. An answer whose Date is the same, too, is a stored one.
func (k *clock) Stopped(c *spec.Contract, judged *spec.Judgement) (spec.Finding, bool) {
	ex := *judged.Exchange()
	o := c.Match(ex.Request.Method, ex.Request.Path())
	if c.Unbound("TIME-REAL-001") || o == nil || ex.Response == nil || ex.Response.Received.IsZero() {
		return spec.Finding{}, false
	}
	timestamp := textMember(judged, "timestamp")
	if timestamp == "" {
		return spec.Finding{}, false
	}
	if _, err := time.Parse(time.RFC3339Nano, timestamp); err != nil {
		return spec.Finding{}, false // the form is the schema's business
	}
	this := stamped{ex.ID, ex.Response.Header.Get("Date"), ex.Response.Received}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.seen == nil {
		k.seen = map[string]stamped{}
	}
	key := o.Version + " " + timestamp
	first, twice := k.seen[key]
	if !twice {
		k.seen[key] = this
		return spec.Finding{}, false
	}
	apart := this.received.Sub(first.received).Abs()
	if apart < standstill || this.date != "" && this.date == first.date {
		return spec.Finding{}, false
	}
	return inMember(c, ex, "TIME-REAL-001", "timestamp", "moves", "the time of this answer",
		fmt.Sprintf("%s, as exchange %s had %s before", strconv.Quote(timestamp), first.exchange, apart.Round(time.Second))), true
}
