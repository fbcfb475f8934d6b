package proof

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/variants"
	"github.com/hostup/api-conformance/spec"
)

// Options say what to run the suite against.
type Options struct {
	Contract *spec.Contract
	Faults   []faults.Fault
	Variants []variants.Variant
	Trivial  []Trivial

	// Excluded maps the ids of changes that are no faults to reasons: they are only
	// listed in the matrix.
	Excluded map[string]string

	// Executable is the program to start for worker processes; it must call [Worker]
	// first. Without one everything runs in this process, and faults and variants need
	// not be in their catalogues.
	Executable string
	Procs      int // processes; 0: four times the number of processors, as most of them wait

	// Whole runs the whole suite against each fault, instead of the specs of the
	// requirement first.
	Whole bool

	// OnDone is called with each result, never concurrently; may be nil.
	OnDone func(done, total int, r Result)
}

// Kinds of servers that the suite is run against.
const (
	KindFault   = "fault"
	KindVariant = "variant"
	KindTrivial = "trivial"
)

// An item identifies one server to run the suite against, for workers.
type item struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Run runs the suite against every server. The error says that it could not, or that ctx
// has ended.
func Run(ctx context.Context, opt Options) (*Matrix, error) {
	// Variants take longest, as the whole suite is run against each: start with them.
	var items []item
	for _, v := range opt.Variants {
		items = append(items, item{KindVariant, v.ID})
	}
	for _, s := range opt.Trivial {
		items = append(items, item{KindTrivial, s.ID})
	}
	for _, f := range opt.Faults {
		items = append(items, item{KindFault, f.ID})
	}
	results, err := runAll(ctx, opt, items)
	if err != nil {
		return nil, err
	}
	return newMatrix(opt.Contract, results, opt.Excluded), nil
}

func runAll(ctx context.Context, opt Options, items []item) ([]Result, error) {
	results := make([]Result, len(items))
	var mu sync.Mutex
	finished := 0
	done := func(i int, r Result) {
		opt.describe(&r)
		mu.Lock()
		defer mu.Unlock()
		results[i] = r
		if finished++; opt.OnDone != nil {
			opt.OnDone(finished, len(items), r)
		}
	}
	if opt.Executable == "" {
		l := &lab{opt.Contract, opt.Faults, opt.Variants, opt.Trivial, opt.Whole}
		for i, it := range items {
			r := l.run(ctx, it)
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			done(i, r)
		}
		return results, nil
	}
	procs := opt.Procs
	if procs <= 0 {
		procs = 4 * runtime.NumCPU()
	}
	work := make(chan int)
	var wg sync.WaitGroup
	for range min(procs, len(items)) {
		wg.Go(func() {
			w := &worker{executable: opt.Executable, whole: opt.Whole}
			defer w.stop()
			for i := range work {
				if r := w.run(ctx, items[i]); ctx.Err() == nil { // else it was ended, and says nothing
					done(i, r)
				}
			}
		})
	}
	for i := range items {
		select {
		case work <- i:
		case <-ctx.Done():
		}
	}
	close(work)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("interrupted after %d of %d servers: %w", finished, len(items), err)
	}
	return results, nil
}

// describe completes the result of a process that has died, so that a server that was not
// judged still has its sentence.
func (opt Options) describe(r *Result) {
	if r.Sentence != "" {
		return
	}
	for _, f := range opt.Faults {
		if r.Kind == KindFault && r.ID == f.ID {
			r.Sentence, r.Cell, r.Requirement, r.Consequences, r.Operation = f.Sentence, f.Cell, f.Requirement, f.Consequences, f.Operation
		}
	}
	for _, v := range opt.Variants {
		if r.Kind == KindVariant && r.ID == v.ID {
			r.Sentence, r.Source, r.Strict = v.Sentence, v.Source, v.Strict
		}
	}
	for _, s := range opt.Trivial {
		if r.Kind == KindTrivial && r.ID == s.ID {
			r.Sentence = s.Sentence
		}
	}
}
