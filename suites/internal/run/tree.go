package run

import (
	"context"
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
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/shipped"
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

// A tree runs the specs once.
type tree struct {
	env    *env.Env
	opt    Options
	others func(ctx context.Context) // see schedule; nil: there are none

	onRecord func(r reporters.SpecRecord) // told of every spec that is done; may be nil
}

// run runs specs of the tree. Ginkgo runs them too, for "go test" and the ginkgo
// command, but one at a time in a process; here a schedule does.
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
		if t.opt.OnDone != nil {
			for _, part := range parts(rec, t.fails) {
				t.opt.OnDone(part.Name, rough(part, t.fails))
			}
		}
	}
	if t.opt.OnTotal != nil {
		t.opt.OnTotal(allResults(q.specs))
	}
	limited, cancel := context.WithTimeout(ctx, suiteLimit)
	defer cancel()
	records := q.run(limited)
	return outcome{Specs: records, Interrupted: limited.Err() != nil}
}

// build declares the specs and returns those that are selected: Ginkgo builds the
// tree, filters it and puts it into its order.
func (t *tree) build(cfg types.SuiteConfig) (list []scheduled) {
	bodies := map[string]env.Declared{}
	t.env.Only = t.opt.Only
	t.env.OnDeclared = func(d env.Declared) { bodies[d.Record.Name] = d }
	for _, r := range previewIn(t.env, cfg).SpecReports {
		if rec := t.declared(r); isSelected(r) {
			list = append(list, scheduled{bodies[rec.Name], rec})
		}
	}
	return list
}

// allResults is how many results the specs have.
func allResults(specs []scheduled) (n int) {
	for _, s := range specs {
		n += results(s.record)
	}
	return n
}

// isSelected reports whether what Ginkgo has previewed is a spec that no filter
// leaves out.
func isSelected(r types.SpecReport) bool {
	return r.LeafNodeType == types.NodeTypeIt && !r.State.Is(types.SpecStateSkipped)
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

// suiteConfig is the configuration of Ginkgo for a run in one process. It has no
// label filter: what that leaves out is not declared, see rule.It.
func suiteConfig(cfg config.Config) types.SuiteConfig {
	c := types.NewDefaultSuiteConfig()
	c.RandomSeed = cfg.Seed
	c.RandomizeAllSpecs = true
	return c
}

// suiteLimit ends a run that no job would wait for.
const suiteLimit = 6 * time.Hour

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

// preview builds the tree without running it.
func preview(contract *spec.Contract, cfg config.Config) types.Report {
	return previewIn(shipped.NewEnv(contract, cfg, nil, 1), suiteConfig(cfg))
}

// Exclusive returns when no other tree is built or run by Ginkgo, which keeps one in
// package variables; release lets others, and frees the tree.
func Exclusive() (release func()) {
	serial.Lock()
	globals.Reset()
	return func() {
		globals.Reset()
		serial.Unlock()
	}
}

func previewIn(e *env.Env, cfg types.SuiteConfig) types.Report {
	defer Exclusive()()
	defer silence()()
	shipped.Register(e)
	return ginkgo.PreviewSpecs("hostup-conformance", cfg, reporterConfig())
}
