package suites

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

// serial guards Ginkgo's package variables: the tree, the configuration, and
// where its reporter writes.
var serial sync.Mutex

// An outcome is what the specs leave behind. It goes from one process to
// another as JSON.
type outcome struct {
	Specs       []reporters.SpecRecord
	Interrupted bool
}

// A tree runs the specs once. Serial has to be locked.
type tree struct {
	env *env.Env
	opt Options
}

// run builds the tree and runs it with silent output. It returns the outcome of
// all processes in process 1 and nothing in the others.
func (t *tree) run(ctx context.Context, cfg types.SuiteConfig) outcome {
	defer silence()()
	globals.Reset()
	defer globals.Reset() // frees the tree
	t.env.Only = t.opt.Only
	Register(t.env)
	var report types.Report
	t.report(&report)
	t.skipWhenOver(ctx)
	ginkgo.RunSpecs(silent{}, "hostup-conformance", cfg, reporterConfig(), ginkgo.AroundNode(t.guard(ctx)))
	return t.outcome(report, ctx.Err() != nil)
}

// report declares what watches the specs.
func (t *tree) report(report *types.Report) {
	// A node that does nothing still costs every spec a goroutine.
	if total := t.opt.OnTotal; total != nil {
		ginkgo.ReportBeforeSuite(func(ginkgo.Report) { total(t.env.Results()) })
	}
	if start := t.opt.OnStart; start != nil {
		ginkgo.ReportBeforeEach(func(r ginkgo.SpecReport) {
			if r.State == types.SpecStateInvalid { // it will run
				for _, part := range t.parts(r, t.declared(r)) {
					start(part.Name)
				}
			}
		})
	}
	if done := t.opt.OnDone; done != nil {
		ginkgo.ReportAfterEach(func(r ginkgo.SpecReport) {
			rec, selected := t.record(r, nil)
			if !selected {
				return
			}
			for _, part := range t.parts(r, rec) {
				done(part.Name, rough(part, t.fails))
			}
		})
	}
	ginkgo.ReportAfterSuite("result", func(r ginkgo.Report) { *report = r })
}

// rough is the outcome as far as the spec alone decides it: one that only met the
// violation of a rule that others test has not failed, as the result will say.
func rough(r reporters.SpecRecord, fails func(f spec.Finding) bool) reporters.Outcome {
	switch r.State {
	case reporters.StatePassed:
		if len(r.Findings) > 0 {
			return reporters.Warned
		}
		return reporters.Passed
	case reporters.StateFailed:
		for _, f := range r.Findings {
			if fails(f) && slices.Contains(r.Requirements, f.Requirement) {
				return reporters.Failed
			}
		}
		if slices.ContainsFunc(r.Findings, fails) {
			return reporters.Warned
		}
		return reporters.Errored
	case reporters.StateSkipped, reporters.StatePending:
		return reporters.Skipped
	}
	return reporters.Errored
}

// skipWhenOver keeps specs from starting when ctx has ended.
func (t *tree) skipWhenOver(ctx context.Context) {
	ginkgo.BeforeEach(func() {
		if ctx.Err() != nil {
			ginkgo.Skip(overText)
		}
	})
}

// Names of report entries that say that a spec could not go on.
const (
	interruptedEntry = "hostup-conformance interrupted"
	timedoutEntry    = "hostup-conformance timed out"
	overText         = "the run was interrupted before this spec"
)

// guard gives every spec a context that ends with ctx, or when the spec takes
// too long. Ginkgo has no other way in: its interrupts come from signals only.
func (t *tree) guard(ctx context.Context) func(context.Context, func(context.Context)) {
	limit := specLimit(t.env.Config)
	return func(node context.Context, body func(context.Context)) {
		inner, cancel := context.WithTimeout(node, limit)
		defer cancel()
		defer context.AfterFunc(ctx, cancel)()
		defer func() {
			switch {
			case ctx.Err() != nil:
				mark(interruptedEntry, "")
			case inner.Err() != nil && node.Err() == nil:
				mark(timedoutEntry, fmt.Sprintf("the spec took longer than %v", limit))
			}
		}()
		body(inner)
	}
}

// mark leaves an entry with the current spec. Suite nodes have none to leave it
// with; what it says about them nobody reads.
func mark(name, text string) {
	ginkgo.AddReportEntry(name, text, ginkgo.ReportEntryVisibilityNever)
}

// specLimit bounds one spec: the largest send some hundred requests, and each
// may take as long as the configuration allows and wait for its turn.
func specLimit(cfg env.Config) time.Duration {
	limit := 5*time.Minute + 20*cfg.RequestTimeout + cfg.RateLimitBudget + cfg.Settle
	if cfg.RPS > 0 {
		limit += time.Duration(500 / cfg.RPS * float64(time.Second))
	}
	return limit
}

// suiteConfig is the configuration of Ginkgo for a run in one process. It has no
// label filter: what that leaves out is not declared, see rule.It.
func suiteConfig(cfg env.Config) types.SuiteConfig {
	c := types.NewDefaultSuiteConfig()
	c.RandomSeed = cfg.Seed
	c.RandomizeAllSpecs = true
	c.Timeout = suiteLimit
	c.GracePeriod = gracePeriod
	return c
}

const (
	// suiteLimit ends a run that no job would wait for.
	suiteLimit = 6 * time.Hour
	// gracePeriod is how long an interrupted spec may take to end. Its requests
	// end at once.
	gracePeriod = 5 * time.Second
)

func reporterConfig() types.ReporterConfig {
	return types.ReporterConfig{NoColor: true, Succinct: true}
}

// silence takes away where Ginkgo's reporter writes until the function that it
// returns is called.
func silence() (restore func()) {
	out, err := formatter.ColorableStdOut, formatter.ColorableStdErr
	formatter.ColorableStdOut, formatter.ColorableStdErr = io.Discard, io.Discard
	return func() { formatter.ColorableStdOut, formatter.ColorableStdErr = out, err }
}

// silent is the testing object: the outcome says what failed.
type silent struct{}

func (silent) Fail() {}

// preview builds the tree without running it.
func preview(contract *spec.Contract, cfg env.Config) types.Report {
	serial.Lock()
	defer serial.Unlock()
	defer silence()()
	globals.Reset()
	defer globals.Reset()
	Register(env.New(contract, cfg, nil, 1))
	return ginkgo.PreviewSpecs("hostup-conformance", suiteConfig(cfg), reporterConfig())
}
