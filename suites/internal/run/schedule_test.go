package run

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
)

// A rehearsed schedule has specs that only wait, for short times.
type rehearsed struct {
	schedule
	log     []string // "+ name" when a spec starts, "- name" when it ends
	logging sync.Mutex
	most    int // the largest number of concurrent specs
	now     int
}

func rehearse(concurrency int) *rehearsed {
	r := &rehearsed{}
	r.env = &env.Env{Config: config.Config{Concurrency: concurrency}}
	r.limit = time.Hour
	r.others = func(context.Context) {}
	r.start = func(reporters.SpecRecord) {}
	r.done = func(reporters.SpecRecord) {}
	return r
}

// spec adds a spec that takes d, or until its context ends.
func (r *rehearsed) spec(name string, s *env.Sequence, d time.Duration) {
	run := func(ctx context.Context) reporters.SpecRecord {
		r.note("+ "+name, 1)
		select {
		case <-time.After(d):
		case <-ctx.Done():
		}
		r.note("- "+name, -1)
		return reporters.SpecRecord{Name: name, State: reporters.StatePassed}
	}
	r.specs = append(r.specs, scheduled{env.Declared{Sequence: s, Run: run}, reporters.SpecRecord{Name: name}})
}

func (r *rehearsed) note(what string, change int) {
	r.logging.Lock()
	defer r.logging.Unlock()
	r.log = append(r.log, what)
	r.now += change
	r.most = max(r.most, r.now)
}

// TestReadsRunSideBySide: as many as configured run concurrently, the first of them
// starting together.
func TestReadsRunSideBySide(t *testing.T) {
	for concurrency, want := range map[int]time.Duration{0: 100 * time.Second, 1: 100 * time.Second, 4: 25 * time.Second, 20: 7 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			r := rehearse(concurrency)
			for i := range 100 {
				r.spec(fmt.Sprint(i), nil, time.Second)
			}
			began := time.Now()
			if n := len(r.run(t.Context())); n != 100 {
				t.Errorf("%d of 100 specs have a record", n)
			}
			if took := time.Since(began); took != want || r.most != max(concurrency, 1) {
				t.Errorf("concurrency %d: took %v with %d at the same time, want %v", concurrency, took, r.most, want)
			}
		})
	}
}

// TestOneAfterTheOther: at a target that serves requests one after the other, so few specs
// run side by side that none waits for the time limit, and the target is never idle.
func TestOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const each, late, limit = 500 * time.Millisecond, 2 * time.Second, 5 * time.Second
		r := rehearse(24)
		turn := make(chan struct{}, 1)
		var crowded atomic.Bool
		var longest atomic.Int64
		r.crowded = func() bool { return crowded.Swap(false) }
		for i := range 100 {
			run := func(context.Context) reporters.SpecRecord {
				asked := time.Now()
				turn <- struct{}{}
				time.Sleep(each)
				<-turn
				took := time.Since(asked)
				if took > late {
					crowded.Store(true)
				}
				for n := longest.Load(); int64(took) > n && !longest.CompareAndSwap(n, int64(took)); n = longest.Load() {
				}
				return reporters.SpecRecord{Name: fmt.Sprint(i), State: reporters.StatePassed}
			}
			r.specs = append(r.specs, scheduled{env.Declared{Run: run}, reporters.SpecRecord{Name: fmt.Sprint(i)}})
		}
		began := time.Now()
		r.run(t.Context())
		if took, most := time.Since(began), time.Duration(longest.Load()); took != 100*each || most > limit {
			t.Errorf("took %v, want %v; a request took %v, want %v at most", took, 100*each, most, limit)
		}
	})
}

// TestRunnersAreBoundedByRate: more specs than requests per second would only wait for
// each other, and exceed the time limit of a spec.
func TestRunnersAreBoundedByRate(t *testing.T) {
	for _, test := range []struct {
		cfg  config.Config
		want int
	}{
		{config.Config{Concurrency: 16}, 16},
		{config.Config{Concurrency: 16, RPS: 100}, 16},
		{config.Config{Concurrency: 16, RPS: 2.5}, 3},
		{config.Config{Concurrency: 16, RPS: 0.1}, 1},
		{config.Config{Concurrency: 16, RPS: 8, Procs: 4}, 2},
	} {
		if n := runners(test.cfg); n != test.want {
			t.Errorf("%+v: %d specs side by side, want %d", test.cfg, n, test.want)
		}
	}
}

// TestTogether: sequences follow each other as declared, whatever the order of the specs;
// the specs of one sequence may run concurrently.
func TestTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := rehearse(8)
		changes, refused, deletes := &env.Sequence{When: env.After}, &env.Sequence{When: env.After, Together: true}, &env.Sequence{When: env.After}
		for _, s := range []struct {
			name string
			in   *env.Sequence
			turn int
		}{{"delete 2", deletes, 6}, {"refused", refused, 3}, {"change 2", changes, 2}, {"delete 1", deletes, 5}, {"refused", refused, 4}, {"change 1", changes, 1}} {
			r.spec(s.name, s.in, time.Second)
			r.specs[len(r.specs)-1].Turn = s.turn
		}
		r.run(t.Context())
		want := []string{
			"+ change 1", "- change 1", "+ change 2", "- change 2", "+ refused", "+ refused", "- refused", "- refused",
			"+ delete 1", "- delete 1", "+ delete 2", "- delete 2",
		}
		if diff := cmp.Diff(want, r.log); diff != "" {
			t.Error(diff)
		}
	})
}

// TestSequences: each runs in its order. One that waits does so beside the others, one
// that changes the target comes after them and after those of other processes, and one
// that needs the target for itself comes last.
func TestSequences(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := rehearse(8)
		r.others = func(context.Context) { r.note("others have ended", 0) }
		alone, beside, after, more := &env.Sequence{When: env.Alone}, &env.Sequence{}, &env.Sequence{When: env.After}, &env.Sequence{When: env.After}
		r.spec("alone", alone, time.Second)
		r.spec("after 1", after, time.Second)
		r.spec("after 2", after, time.Second)
		r.spec("more", more, time.Second)
		r.spec("beside 1", beside, 3500*time.Millisecond)
		r.spec("beside 2", beside, 4*time.Second)
		r.spec("read", nil, 2*time.Second)
		r.run(t.Context())
		slices.Sort(r.log[:2]) // these start together
		want := []string{
			"+ beside 1", "+ read", "- read", "others have ended", "+ after 1", "- after 1", "+ after 2",
			"- beside 1", "+ beside 2", "- after 2", "+ more", "- more", "- beside 2", "+ alone", "- alone",
		}
		if diff := cmp.Diff(want, r.log); diff != "" {
			t.Errorf("began (+) and ended (-) in another order (-want +got):\n%s", diff)
		}
	})
}

// TestNothingWaitsForOthersInVain: a schedule without such sequences.
func TestNothingWaitsForOthersInVain(t *testing.T) {
	r := rehearse(2)
	r.others = func(context.Context) { t.Error("waited") }
	r.spec("read", nil, 0)
	r.run(t.Context())
}

// TestScheduleIsInterrupted: running specs are ended and say so, others do not start, and
// every spec has a record.
func TestScheduleIsInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		r := rehearse(4)
		var started, done atomic.Int32
		r.start = func(reporters.SpecRecord) { started.Add(1) }
		r.done = func(reporters.SpecRecord) { done.Add(1) }
		for i := range 10 {
			r.spec(fmt.Sprint(i), nil, time.Minute)
		}
		r.spec("after", &env.Sequence{When: env.After}, time.Minute)
		time.AfterFunc(time.Second, cancel)
		reasons := map[string]int{}
		for _, rec := range r.run(ctx) {
			if rec.State != reporters.StateSkipped || rec.Skip == nil || rec.Skip.Code != reporters.SkipInterrupted {
				t.Fatalf("%+v", rec)
			}
			reasons[rec.Skip.Reason]++
		}
		if reasons["the run was interrupted during this spec"] != 4 || reasons[overText] != 7 {
			t.Errorf("reasons: %v", reasons)
		}
		if started.Load() != 4 || done.Load() != 11 {
			t.Errorf("%d started, %d done", started.Load(), done.Load())
		}
	})
}

// TestSpecTakesTooLong: only that one is ended.
func TestSpecTakesTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := rehearse(2)
		r.limit = time.Minute
		r.spec("slow", nil, time.Hour)
		r.spec("quick", nil, time.Second)
		states := map[string]string{}
		for _, rec := range r.run(t.Context()) {
			states[rec.Name] = rec.State + rec.Problem
		}
		if states["slow"] != "timedoutthe spec took longer than 1m0s" || states["quick"] != "passed" {
			t.Errorf("states: %v", states)
		}
	})
}
