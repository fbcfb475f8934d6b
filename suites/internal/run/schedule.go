package run

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
)

// A schedule runs the selected specs of a tree. Specs that only read run concurrently, as
// many as the configuration allows; those of a sequence run one after the other, when it
// is their turn (see [env.When]).
type schedule struct {
	env   *env.Env
	specs []scheduled // in starting order
	limit time.Duration

	// others blocks until no other process runs specs, or ctx has ended.
	others func(ctx context.Context)
	// start and done are never called concurrently.
	start func(rec reporters.SpecRecord)
	done  func(rec reporters.SpecRecord)

	// crowded is [env.Env.Crowded] if nil.
	crowded func() bool

	mu      sync.Mutex
	room    sync.Cond // a spec has ended
	running int
	most    int // specs that the target seems to bear side by side
	records []reporters.SpecRecord
}

// A scheduled spec carries the record that it has until it is run.
type scheduled struct {
	env.Declared
	record reporters.SpecRecord
}

// overText says why a spec was not run.
const overText = "the run was interrupted before this spec"

// run runs all specs and returns their records, in no particular order.
func (q *schedule) run(ctx context.Context) []reporters.SpecRecord {
	q.room.L, q.most = &q.mu, config.MaxConcurrency
	if q.crowded == nil {
		q.crowded = q.env.Crowded
	}
	var beside sync.WaitGroup
	for _, s := range q.sequences(env.Beside) {
		beside.Go(func() { q.runSequence(ctx, s) })
	}
	q.runTogether(ctx, q.free())
	after, alone := q.sequences(env.After), q.sequences(env.Alone)
	if len(after)+len(alone) > 0 {
		q.others(ctx)
	}
	for _, s := range after {
		q.runSequence(ctx, s)
	}
	beside.Wait()
	for _, s := range alone {
		q.runSequence(ctx, s)
	}
	return q.records
}

// sequences returns the specs of each sequence with this When, in order of declaration.
func (q *schedule) sequences(when env.When) (list [][]scheduled) {
	at := map[*env.Sequence]int{}
	var declared []scheduled
	for _, s := range q.specs {
		if s.Sequence != nil && s.Sequence.When == when {
			declared = append(declared, s)
		}
	}
	slices.SortStableFunc(declared, func(a, b scheduled) int { return a.Turn - b.Turn })
	for _, s := range declared {
		i, known := at[s.Sequence]
		if !known {
			i = len(list)
			at[s.Sequence], list = i, append(list, nil)
		}
		list[i] = append(list[i], s)
	}
	return list
}

func (q *schedule) runSequence(ctx context.Context, specs []scheduled) {
	if specs[0].Sequence.Together {
		q.runTogether(ctx, specs)
		return
	}
	for _, s := range specs {
		q.runOne(ctx, s)
	}
}

// free returns the specs that are in no sequence: they only read.
func (q *schedule) free() (list []scheduled) {
	for _, s := range q.specs {
		if s.Sequence == nil {
			list = append(list, s)
		}
	}
	return list
}

// runTogether runs specs concurrently.
func (q *schedule) runTogether(ctx context.Context, specs []scheduled) {
	var all sync.WaitGroup
	for _, s := range specs {
		q.await()
		all.Go(func() {
			q.runOne(ctx, s)
			q.leave()
		})
	}
	all.Wait()
}

// await blocks until there is room for one more spec.
//
// A run starts with a few, and continues one at a time where several are too much. It halves the specs whenever
// requests take too long beside each other, and adds one for each that ends without.
func (q *schedule) await() {
	first := q.env.AtFirst()
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		if q.crowded() {
			q.most = max(1, q.running/2)
		}
		room := min(runners(q.env.Config), first+len(q.records), q.most)
		if q.env.OneByOne() {
			room = 1
		}
		if q.running < room {
			q.running++
			return
		}
		q.room.Wait()
	}
}

func (q *schedule) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.crowded() {
		q.most = max(1, q.running/2)
	} else {
		q.most = min(q.most+1, config.MaxConcurrency)
	}
	q.running--
	q.room.Signal()
}

// runners returns how many specs run concurrently: not more than the requests per second,
// if these are limited.
func runners(cfg config.Config) int {
	n := max(cfg.Concurrency, 1)
	if cfg.RPS > 0 {
		n = min(n, max(1, int(math.Ceil(cfg.RPS/float64(max(cfg.Procs, 1))))))
	}
	return n
}

// runOne runs a spec within its time limit, unless the run is over.
func (q *schedule) runOne(ctx context.Context, s scheduled) {
	rec := s.record
	if ctx.Err() != nil {
		rec.State = reporters.StateSkipped
		rec.Skip = &reporters.Skip{Code: reporters.SkipInterrupted, Reason: overText}
	} else {
		q.tell(func() { q.start(s.record) })
		own, cancel := context.WithTimeout(ctx, q.limit)
		rec = s.Run(own)
		rec = q.cutShort(rec, ctx.Err() != nil, own.Err() != nil)
		cancel()
	}
	q.tell(func() {
		q.records = append(q.records, rec)
		q.done(rec)
	})
}

func (q *schedule) tell(what func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	what()
}

// cutShort returns the record of a spec that could not finish. Findings from the moment
// of interruption are dropped, as they may result from it; what it created is kept.
func (q *schedule) cutShort(rec reporters.SpecRecord, interrupted, late bool) reporters.SpecRecord {
	switch {
	case interrupted && rec.Skip == nil:
		rec.State, rec.Problem, rec.Findings, rec.Exchanges = reporters.StateSkipped, "", nil, nil
		rec.Skip = &reporters.Skip{Code: reporters.SkipInterrupted, Reason: "the run was interrupted during this spec"}
	case late && !interrupted:
		rec.State, rec.Problem = reporters.StateTimedout, fmt.Sprintf("the spec took longer than %v", q.limit)
		rec.Findings = slices.DeleteFunc(rec.Findings, func(f spec.Finding) bool { return cutOff(rec, f.Exchange) })
	}
	return rec
}

// cutOff reports whether an exchange ended because the context of its spec did.
func cutOff(r reporters.SpecRecord, exchange string) bool {
	return slices.ContainsFunc(r.Exchanges, func(e reporters.Exchange) bool {
		return e.ID == exchange && e.FailureKind == spec.FailureInterrupted
	})
}

// specLimit returns the time limit of one spec: the largest send some hundred requests,
// and each may take as long as the configuration allows and wait for its turn.
func specLimit(cfg config.Config) time.Duration {
	limit := 5*time.Minute + 20*cfg.RequestTimeout + cfg.RateLimitBudget + cfg.Settle
	if cfg.RPS > 0 {
		limit += time.Duration(float64(500*runners(cfg)) / cfg.RPS * float64(time.Second))
	}
	return limit
}
