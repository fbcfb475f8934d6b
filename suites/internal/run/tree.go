package run

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/shipped"
)

// An outcome holds the records of the specs. It is passed between processes as JSON.
type outcome struct {
	Specs       []reporters.SpecRecord
	Interrupted bool
}

// A tree runs the specs once.
type tree struct {
	env    *env.Env
	opt    Options
	others func(ctx context.Context) // see schedule; nil: there are none

	onRecord func(r reporters.SpecRecord) // called for every finished spec; may be nil
}

// run runs specs of the tree on a schedule. Ginkgo can run them too, for "go test" and
// the ginkgo command, but one at a time in a process.
func (t *tree) run(ctx context.Context, specs []scheduled) outcome {
	q := &schedule{env: t.env, specs: specs, limit: specLimit(t.env.Config), others: t.others}
	if q.others == nil {
		q.others = func(context.Context) {}
	}
	q.start = func(rec reporters.SpecRecord) {
		for _, name := range names(rec) {
			if t.opt.OnStart != nil {
				t.opt.OnStart(name)
			}
		}
	}
	q.done = func(rec reporters.SpecRecord) {
		if t.onRecord != nil {
			t.onRecord(rec)
		}
		t.opt.tellDone(rec, t.fails)
	}
	if t.opt.OnTotal != nil {
		t.opt.OnTotal(allResults(q.specs))
	}
	limited, cancel := context.WithTimeout(ctx, suiteLimit)
	defer cancel()
	t.env.Ends()
	records := q.run(limited)
	t.env.End(limited)
	return outcome{Specs: records, Interrupted: limited.Err() != nil}
}

// build declares the specs and returns the selected ones, in the order of the seed.
func (t *tree) build() []scheduled {
	t.env.Only = t.opt.Only
	list := declare(t.env)
	shuffle(list, t.env.Config.Seed)
	return longSoon(list, runners(t.env.Config))
}

// longSoon moves long specs towards the front, behind as many others as run concurrently:
// a run starts with a few and adds more as they end.
func longSoon(specs []scheduled, behind int) []scheduled {
	var long, others []scheduled
	for _, s := range specs {
		if s.Long && s.Sequence == nil {
			long = append(long, s)
		} else {
			others = append(others, s)
		}
	}
	return slices.Insert(others, min(behind, len(others)), long...)
}

// declare returns the specs of a tree without Ginkgo, in order of declaration.
func declare(e *env.Env) (list []scheduled) {
	e.Plain = true
	e.OnDeclared = func(d env.Declared) { list = append(list, scheduled{d, d.Record}) }
	shipped.Register(e)
	return list
}

// shuffle puts specs that may run in any order into the order of the seed. Those of a
// sequence keep their order.
func shuffle(specs []scheduled, seed int64) {
	var free []int
	for i, s := range specs {
		if s.Sequence == nil {
			free = append(free, i)
		}
	}
	r := rand.New(rand.NewPCG(uint64(seed), 0))
	r.Shuffle(len(free), func(i, j int) { specs[free[i]], specs[free[j]] = specs[free[j]], specs[free[i]] })
}

// allResults returns the number of results of the specs.
func allResults(specs []scheduled) (n int) {
	for _, s := range specs {
		n += results(s.record)
	}
	return n
}

// suiteLimit ends a run that takes longer than any job would wait.
const suiteLimit = 6 * time.Hour
