package env

import (
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// standstill is the least distance between two responses that must not carry the same
// time: a timestamp may have whole seconds.
const standstill = 2 * time.Second

// clock remembers the timestamps of responses and when they arrived. A timestamp that
// recurs much later was not taken for its response: it dates from the start of a process,
// or a cache. It is safe for concurrent use; the zero value is empty.
type clock struct {
	mu   sync.Mutex
	seen map[string]stamped
}

type stamped struct {
	exchange string
	date     string // header
	received time.Time
}

// Stopped returns a finding if a much earlier response of the same version had this
// timestamp. ok is false if none had, or if the catalogue has no such requirement: a
// property of that name may be the time of anything. A response with the same Date header
// as well is a stored one.
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
		return spec.Finding{}, false // the schema checks the format
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
	return inMember(c, ex, "TIME-REAL-001", "timestamp", "moves", "the time of this response",
		fmt.Sprintf("%s, as exchange %s had %s before", strconv.Quote(timestamp), first.exchange, apart.Round(time.Second))), true
}
