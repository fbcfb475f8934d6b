package proof

import (
	"context"
	"slices"
	"time"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/fixtures/variants"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// A lab runs the suite against servers in this process, one after the other.
type lab struct {
	contract *spec.Contract
	faults   []faults.Fault
	variants []variants.Variant
	trivial  []Trivial
	whole    bool // the whole suite for each fault
}

func newLab(whole bool) (*lab, error) {
	contract, err := packs.Default()
	if err != nil {
		return nil, err
	}
	trivial, err := AllTrivial()
	if err != nil {
		return nil, err
	}
	return &lab{contract, faults.All(), variants.All(), trivial, whole}, nil
}

func (l *lab) run(ctx context.Context, it item) (r Result) {
	started := time.Now()
	defer func() { r.Duration = time.Since(started) }()
	switch it.Kind {
	case KindFault:
		if i := slices.IndexFunc(l.faults, func(f faults.Fault) bool { return f.ID == it.ID }); i >= 0 {
			return l.fault(ctx, l.faults[i])
		}
	case KindVariant:
		if i := slices.IndexFunc(l.variants, func(v variants.Variant) bool { return v.ID == it.ID }); i >= 0 {
			return l.variant(ctx, l.variants[i])
		}
	case KindTrivial:
		if i := slices.IndexFunc(l.trivial, func(s Trivial) bool { return s.ID == it.ID }); i >= 0 {
			return l.ignorant(ctx, l.trivial[i])
		}
	}
	return Result{Kind: it.Kind, ID: it.ID, Problem: "no such server"}
}

// A part is how much of the suite is run against a fault.
type part int

const (
	focus part = iota // the specs of the requirement that it breaks
	near              // those of the operation that shows it, without strange input and bursts
	most              // all without strange input and bursts
	whole             // everything
)

const (
	robustness = "HTTP-ROBUST-001"
	rateFamily = "rate"
)

func (l *lab) fault(ctx context.Context, f faults.Fault) Result {
	var r Result
	for _, p := range l.parts(f) {
		r = Result{
			Kind: KindFault, ID: f.ID, Sentence: f.Sentence, Cell: f.Cell,
			Requirement: f.Requirement, Consequences: f.Consequences, Operation: f.Operation,
		}
		run, problem := l.suite(ctx, f.Server, l.settings(f, p), p.only(f)...)
		if r.Problem = problem; run == nil {
			continue
		}
		r.read(run)
		r.Passed, r.Skipped = nil, nil
		for _, id := range broken(f) {
			if r.KilledBy == "" && slices.Contains(r.ReportedBy, id) {
				r.KilledBy = id
			}
		}
		if r.Expected = r.KilledBy != ""; r.Expected {
			r.Alarms = nil
			break
		}
	}
	return r
}

// parts returns the parts of the suite that are tried one after the other. What a part
// kills the whole suite kills as well, as the part sends nothing else.
func (l *lab) parts(f faults.Fault) []part {
	switch {
	case l.whole:
		return []part{whole}
	case l.breaks(f, isRobustness), l.breaks(f, isRate):
		return []part{focus, whole}
	case f.Operation == "":
		return []part{focus, most, whole}
	}
	return []part{focus, near, most, whole}
}

func isRobustness(q spec.Requirement) bool { return q.ID == robustness }
func isRate(q spec.Requirement) bool       { return q.Family == rateFamily }

// breaks reports whether a fault breaks a requirement for which such returns true.
func (l *lab) breaks(f faults.Fault, such func(q spec.Requirement) bool) bool {
	return slices.ContainsFunc(broken(f), func(id string) bool {
		q, ok := l.contract.Requirement(id)
		return ok && such(q)
	})
}

// only returns the requirements whose specs the part has; nil means all.
func (p part) only(f faults.Fault) []string {
	if p == focus {
		return broken(f)
	}
	return nil
}

// broken returns the requirements that a fault breaks.
func broken(f faults.Fault) []string {
	return append([]string{f.Requirement}, f.Consequences...)
}

func (l *lab) variant(ctx context.Context, v variants.Variant) Result {
	r := Result{Kind: KindVariant, ID: v.ID, Sentence: v.Sentence, Source: v.Source, Strict: v.Strict}
	run, problem := l.suite(ctx, v.Server, entire())
	if r.Problem = problem; run != nil {
		r.read(run)
		r.Passed = nil
		r.Alarms = slices.DeleteFunc(r.Alarms, func(a Alarm) bool { return !v.Strict && a.Level == spec.Should })
	}
	r.Expected = r.Problem == "" && len(r.Alarms) == 0
	return r
}

// ignorant runs the suite against a server that ignores requests.
func (l *lab) ignorant(ctx context.Context, s Trivial) Result {
	r := Result{Kind: KindTrivial, ID: s.ID, Sentence: s.Sentence}
	run, problem := l.suite(ctx, s.Server, entire())
	if r.Problem = problem; run != nil {
		r.read(run)
		r.Alarms = nil
		r.Expected = run.Verdict == reporters.NonConformant
	}
	return r
}

// suite runs the suite against a fresh server. With requirement ids only their specs are
// run.
func (l *lab) suite(ctx context.Context, newServer func() (*refserver.Server, error), cfg config.Config, only ...string) (*reporters.Run, string) {
	server, err := newServer()
	if err != nil {
		return nil, err.Error()
	}
	run, err := suites.Run(ctx, cfg, suites.Options{Contract: l.contract, Reference: server, Version: "proof", LateFilterCheck: true, Only: only})
	if err != nil {
		return run, err.Error()
	}
	return run, ""
}

// entire returns the configuration of a run against a server in the same process. Each
// run tests in the same order, so that sporadic faults show in the same place.
func entire() config.Config {
	cfg := settings.Default()
	cfg.Safety = config.Pay
	cfg.Concurrency = 1 // sporadic faults depend on the order of requests
	cfg.Seed = 1
	cfg.Settle = time.Second
	cfg.RateLimitBudget = 10 * time.Second
	return cfg
}

// settings returns those of a part of the suite. A response takes milliseconds, but the
// machine may be busy: a short time-out is used only for faults that withhold responses.
func (l *lab) settings(f faults.Fault, p part) config.Config {
	cfg := entire()
	if l.breaks(f, func(q spec.Requirement) bool { return q.ID == "HTTP-ANSWER-001" }) {
		cfg.RequestTimeout = time.Second
	}
	if p != whole && !l.breaks(f, isRate) {
		cfg.Burst = -1
	}
	switch {
	case p == focus && l.breaks(f, isRobustness):
		cfg.LabelFilter = f.Operation // strange input takes long for each operation
	case p == near:
		cfg.LabelFilter = f.Operation + " && !" + robustness
	case p == most:
		cfg.LabelFilter = "!" + robustness
	}
	return cfg
}
