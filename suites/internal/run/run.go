package run

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/embedded"
	"github.com/hostup/api-conformance/suites/internal/result"
)

// Options configure a run besides its configuration. The zero value works.
type Options struct {
	// Contract is used instead of loading one. Load it once to run several times.
	Contract *spec.Contract

	// Reference is the server to test when the configuration has no base URL, in place of
	// a new one. It is not reset, before or after.
	Reference embedded.Server

	// Version of the suite, for reports and the User-Agent.
	Version string

	// OnReached, if not nil, is called once the target has answered the first reads,
	// before any request that could change something. onlyReads says whether the selected
	// specs only read.
	OnReached func(onlyReads bool)

	// OnNotice, if not nil, is called before the first spec with each notice about the
	// target that the result will have.
	OnNotice func(text string)

	// Progress; each may be nil. With several processes the calls may come late, but
	// never concurrently.
	OnTotal func(specs int) // before the first spec
	OnStart func(name string)
	OnDone  func(name string, outcome reporters.Outcome)

	// Known reports whether a finding is known and fails nothing, by its signature; may be
	// nil. Only progress needs it: a result is judged with its baseline later.
	Known func(signature string) bool

	// OnCreated, if not nil, is called as soon as the target has created something, and
	// again, as deleted, when the run has removed it. The result lists it all as well.
	OnCreated func(c reporters.Created)

	// LateFilterCheck detects a label filter that selects nothing after the run instead
	// of before, which saves building the tree of specs twice.
	LateFilterCheck bool

	// Only lists requirement ids; specs that test none of them are not even declared,
	// which is cheaper than a label filter. Empty means all. It works only in runs with
	// one process.
	Only []string

	// Executable is the program to start again for the processes of a run with Procs
	// above 1. It must call [Worker] first.
	Executable string

	// Brief is the duration below which such a run stays in this process, going by what
	// the first requests took: to start others takes longer than they save.
	Brief time.Duration
}

// Run runs the suite and returns the result. The error is
//
//   - a [config.Error] for a setting that cannot be used,
//   - of kind [result.ErrDocument], [result.ErrUnreachable], [result.ErrDown] or
//     [result.ErrNothingTested],
//   - of kind [result.ErrSuite] for a bug of this suite,
//   - of kind [result.ErrProcess] when a process of a run with several has died.
//
// The result is nil then, except with ErrDown, ErrProcess, with ErrNothingTested if all
// selected specs were skipped, and with a config.Error about the file of exchanges, which
// is written last. Violations of the contract are no error.
//
// When ctx ends, running specs are interrupted, the remaining ones are skipped, and the
// result says so.
func Run(ctx context.Context, cfg config.Config, opt Options) (*reporters.Run, error) {
	role := Role{Process: 1, Preflight: true}
	if cfg.Procs > 1 {
		if opt.Executable == "" {
			return nil, &config.Error{Problems: []string{"procs: this program runs all specs in one process, leave the setting out"}}
		}
		role.Process = 0
	}
	s, err := Open(ctx, cfg, opt, role)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return s.complete(ctx)
}

// complete runs the specs and returns the result: all of Run after Open.
func (s *Session) complete(ctx context.Context) (*reporters.Run, error) {
	var err error
	if s.outage != nil {
		recorded := s.writeRecording()
		run, err := s.Result()
		if err == nil {
			err = recorded
		}
		return run, err
	}
	if s.opt.OnReached != nil && ctx.Err() == nil {
		s.opt.OnReached(s.onlyReads)
	}
	for _, text := range s.notices {
		if s.opt.OnNotice != nil {
			s.opt.OnNotice(text)
		}
	}
	s.countDiscovery()
	t, specs := s.tree()
	if s.Config.Procs > 1 && s.Env.Gone() == "" && !s.isBrief(len(specs)) {
		err = s.runWorkers(ctx, t, specs)
	} else {
		s.outcome = t.run(ctx, specs)
	}
	died := err
	if errors.Is(err, result.ErrProcess) {
		s.notices = append(s.notices, err.Error())
	} else if err != nil {
		return nil, err
	}
	recorded := s.writeRecording()
	run, err := s.Result()
	switch {
	case run != nil && died != nil:
		err = died
	case err == nil:
		err = recorded
	}
	return run, err
}

// countDiscovery includes discovery in the total and in progress, as the result lists it
// among the specs.
func (s *Session) countDiscovery() {
	total := s.opt.OnTotal
	if total == nil {
		return
	}
	s.opt.OnTotal = func(specs int) {
		total(specs + 1)
		s.opt.tellDone(s.discovery, s.fails)
	}
}

// fails reports whether a finding fails the run.
func (s *Session) fails(f spec.Finding) bool { return reporters.Fails(f.Level, s.Config.Strict) }

// RunHere runs the specs in this process.
func (s *Session) RunHere(ctx context.Context) {
	t, specs := s.tree()
	s.outcome = t.run(ctx, specs)
}

// tree returns the tree of the run and its selected specs.
func (s *Session) tree() (*tree, []scheduled) {
	t := &tree{env: s.Env, opt: s.opt}
	if s.Env.Host != nil {
		return t, s.specs
	}
	return t, t.build()
}

// Result builds the result from the records of the specs. The errors are those of Run.
func (s *Session) Result() (*reporters.Run, error) {
	s.completeCreated()
	records := append([]reporters.SpecRecord{s.discovery}, split(s.outcome.Specs, s.fails)...)
	if names := reporters.DuplicateNames(records); len(names) > 0 {
		return nil, result.Errorf(result.ErrSuite, "more than one spec is called %q: report this as a fault of the suite", strings.Join(names, `", "`))
	}
	run := result.Build(s.client.Redactor(), reporters.Material{
		Suite:       reporters.Suite{Name: "hostup-conformance", Version: s.opt.Version},
		Document:    result.DocumentOf(s.Contract),
		Target:      reporters.Target{URL: s.Config.BaseURL, Embedded: s.reference != nil, Outage: s.down(records)},
		Settings:    s.settings(),
		Started:     s.started,
		Duration:    time.Since(s.started),
		Interrupted: s.outcome.Interrupted,
		Notices:     append(s.notices, s.Config.Notices()...),
		Problems:    result.DocumentProblems(s.Contract, records),
		Catalogue:   result.Catalogue(s.Contract, records),
		Universe:    s.Env.Universe.Items(),
		Specs:       records,
	})
	if run.Down() {
		return run, result.Errorf(result.ErrDown, "%s", run.Target.Outage.Text)
	}
	if s.outage != nil {
		return run, nil // the outage is a finding
	}
	if len(s.outcome.Specs) == 0 && !run.Interrupted {
		return nil, s.nothingSelected()
	}
	for _, spec := range run.Specs {
		if spec.Name != s.discovery.Name && spec.Outcome != reporters.Skipped {
			return run, nil
		}
	}
	if run.Interrupted {
		return run, nil
	}
	return run, result.Errorf(result.ErrNothingTested, "nothing was tested: every spec was skipped, see the reasons in the report")
}

func (s *Session) settings() reporters.Settings {
	settings := s.Config.Settings()
	if s.onlyReads {
		settings.MayMake = ""
	}
	return settings
}

// down returns the outage of the target: before the first spec, or as a spec found; nil
// for none.
func (s *Session) down(records []reporters.SpecRecord) *reporters.Outage {
	if s.outage != nil {
		return s.outage
	}
	var o *reporters.Outage
	unjudged, times := 0, 0
	for _, r := range records {
		if r.Skip != nil && r.Skip.Code == reporters.SkipDown {
			unjudged++
		}
		for _, f := range r.Findings {
			if f.Scope != spec.WholeTarget || f.NowAndThen() {
				continue
			}
			kind := reporters.OutageOf(f)
			if kind == reporters.OutageDown {
				times++
			}
			// What ended the run takes precedence over what passed.
			over := o != nil && o.Kind == reporters.OutageDown && kind != reporters.OutageDown
			if o == nil || over || f.Exchange < o.After && (o.Kind == reporters.OutageDown) == (kind == reporters.OutageDown) {
				o = &reporters.Outage{Kind: kind, Text: f.Got, After: f.Exchange}
			}
		}
	}
	if o != nil {
		if o.Unjudged = unjudged; o.Kind == reporters.OutageDown && times > 1 {
			o.Text += fmt.Sprintf("; this is the first time of %d", times)
		}
		if mock := s.Env.Mock(); mock != "" && s.Config.Profile == "" {
			o.Hints = append(o.Hints, "the target looks like "+mock+", a static mock: use --profile static-mock")
		}
	}
	return o
}

func (s *Session) nothingSelected() error {
	if s.Config.Selection() == "" {
		return result.Errorf(result.ErrSuite, "the suite has no specs: report this as a fault of the suite")
	}
	return result.Errorf(result.ErrNothingTested, "the label filter %q selects no spec: hostup-conformance list --labels shows what there is", s.Config.Selection())
}

// NewSeed returns a seed for a run, short enough to be typed again.
func NewSeed() int64 { return 1 + rand.Int64N(999_999) }
