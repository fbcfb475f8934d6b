package env

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// A Recorder keeps what went over the wire, redacted, and counts it. It is safe
// for concurrent use.
//
// An exchange is kept whole until [Recorder.Release], then as reports show it,
// with bodies of 8 KiB; of those, the last 4,096 (some 64 MiB at worst). Counts
// are kept for all.
type Recorder struct {
	redactor *Redactor
	prefix   string
	name     func(operationID string) string
	flags    []string

	mu       sync.Mutex
	last     int
	whole    map[string]spec.Exchange
	released map[string]reporters.Exchange
	order    []string // ids in released, oldest first
	tallies  map[string]*Tally
}

// releasedMost bounds the exchanges that are kept for reports.
const releasedMost = 4096

// RecorderOptions say how exchanges are named. The zero value is for one process.
type RecorderOptions struct {
	Process, Procs int // number of this process from 1, and of all processes

	// OperationName turns an operationId into the name that reports use ("GET
	// /api/v2/billing/cards"). Nil leaves ids as they are.
	OperationName func(operationID string) string

	CurlFlags []string // see [Config.CurlFlags]
}

// NewRecorder makes an empty recorder.
func NewRecorder(r *Redactor, o RecorderOptions) *Recorder {
	rec := &Recorder{
		redactor: r,
		name:     o.OperationName,
		flags:    o.CurlFlags,
		whole:    map[string]spec.Exchange{},
		released: map[string]reporters.Exchange{},
		tallies:  map[string]*Tally{},
	}
	if o.Procs > 1 {
		rec.prefix = fmt.Sprintf("p%d-", o.Process)
	}
	return rec
}

// NextID is the id for the next exchange: "x0001", or "p2-x0001" when several
// processes share the run.
func (r *Recorder) NextID() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	return fmt.Sprintf("%sx%04d", r.prefix, r.last)
}

// Record counts the exchange, keeps a redacted copy under its id, and returns
// that copy. An exchange that was not sent is kept but not counted.
func (r *Recorder) Record(ex spec.Exchange) spec.Exchange {
	clean := r.redactor.Exchange(ex)
	r.mu.Lock()
	defer r.mu.Unlock()
	if clean.ID != "" {
		r.whole[clean.ID] = clean
	}
	if NotSent(clean) {
		return clean
	}
	operation := clean.Operation
	switch {
	case operation == "":
		operation = clean.Request.Method + " (no operation)"
	case r.name != nil:
		operation = r.name(operation)
	}
	t := r.tallies[operation]
	if t == nil {
		t = &Tally{Operation: operation, Statuses: map[int]int{}}
		r.tallies[operation] = t
	}
	status := 0
	if clean.Response != nil {
		status = clean.Response.Status
	}
	t.Statuses[status]++
	t.Durations = append(t.Durations, clean.Duration)
	return clean
}

// Exchange is the redacted exchange of that id, until it is released.
func (r *Recorder) Exchange(id string) (spec.Exchange, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ex, ok := r.whole[id]
	return ex, ok
}

// Release turns exchanges into what reports show of them and gives their memory
// back: call it when the spec that sent them has ended. Unknown ids are ignored.
func (r *Recorder) Release(specName string, ids ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		ex, ok := r.whole[id]
		if !ok {
			continue
		}
		delete(r.whole, id)
		if _, again := r.released[id]; !again {
			r.order = append(r.order, id)
		}
		r.released[id] = detach(Report(ex, specName, r.flags...))
		if len(r.order) > releasedMost {
			delete(r.released, r.order[0])
			r.order = slices.Delete(r.order, 0, 1)
		}
	}
}

// Forget drops exchanges that no report will show. They stay counted.
func (r *Recorder) Forget(ids ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		delete(r.whole, id)
		if _, ok := r.released[id]; ok {
			delete(r.released, id)
			r.order = slices.DeleteFunc(r.order, func(o string) bool { return o == id })
		}
	}
}

// Show redacts an exchange and turns it into the form that reports show, with
// the recorder's flags for curl. It keeps nothing. Of a long body it looks at no
// more than what may be shown: a search for secrets in megabytes takes seconds.
func (r *Recorder) Show(ex spec.Exchange, specName string) reporters.Exchange {
	if ex.Response == nil || len(ex.Response.Body) <= bodySearched {
		return Report(r.redactor.Exchange(ex), specName, r.flags...)
	}
	resp := *ex.Response
	size := len(resp.Body)
	resp.Body = cut(resp.Body, bodySearched)
	ex.Response = &resp
	ex = r.redactor.Exchange(ex)
	// A secret that the cut has split may not be known any more. It stands at the end.
	ex.Response.Body = cut(ex.Response.Body, max(0, len(ex.Response.Body)-bodyEnd))
	out := Report(ex, specName, r.flags...)
	out.Response.Bytes, out.Response.Cut = size, true
	return out
}

const (
	bodySearched = 128 << 10 // how much of a body is redacted to show its beginning
	bodyEnd      = 32 << 10  // longer than a credential; RFC 6265 promises cookies 4 KiB
)

// Report is the exchange of that id as reports show it, released or not.
func (r *Recorder) Report(id string) (reporters.Exchange, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ex, ok := r.released[id]; ok {
		return ex, true
	}
	if ex, ok := r.whole[id]; ok {
		return Report(ex, "", r.flags...), true
	}
	return reporters.Exchange{}, false
}

// detach copies bodies that could share the memory of larger ones.
func detach(ex reporters.Exchange) reporters.Exchange {
	ex.Request.Body = strings.Clone(ex.Request.Body)
	if ex.Response != nil {
		ex.Response.Body = strings.Clone(ex.Response.Body)
	}
	return ex
}
