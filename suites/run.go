package suites

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
	"github.com/hostup/api-conformance/suites/request"
)

// Options are what a run needs besides its configuration. The zero value will do.
type Options struct {
	// Contract is used instead of loading one. Who runs often loads it once.
	Contract *spec.Contract

	// Reference is the server that is tested when the configuration has no base
	// URL, in place of a new one. It is not reset, before or after.
	Reference embedded.Server

	// Version of the suite, for reports and the User-Agent.
	Version string

	// OnReached is called once the target has answered the first reads, before
	// any request that could change something, and told whether the selected specs
	// only read; nil will do.
	OnReached func(onlyReads bool)

	// Progress; each may be nil. With several processes they may be called late,
	// but never at the same time.
	OnTotal func(specs int) // before the first spec
	OnStart func(name string)
	OnDone  func(name string, outcome reporters.Outcome)

	// OnCreated is told of what the target was made to make, as soon as that is
	// known; nil will do, as the result lists it all.
	OnCreated func(c reporters.Created)

	// LateFilterCheck finds a label filter that selects nothing after the run and
	// not before it, which spares building the tree of specs twice.
	LateFilterCheck bool

	// Only are the ids of requirements; specs that test none of them are not even
	// declared, which is cheaper than a label filter. Empty: all are. It is for
	// runs in one process.
	Only []string

	// Executable is the program that is run again for the processes of a run
	// with Procs above 1. It has to call [Worker] first thing.
	Executable string

	// Processes are those of such a run, if they have been started already. The run
	// ends them.
	Processes *Processes

	preflight bool                                 // see [env.Env.Preflight]
	onSend    func(r request.Request, note string) // see env.WithOnSend; may be nil
	onRecord  func(r reporters.SpecRecord)         // told of every spec that is done; may be nil
}

// Run runs the suite and returns the result. The error is
//
//   - an [config.Error] for a setting that cannot be used,
//   - of kind [ErrDocument], [ErrUnreachable], [ErrDown] or [ErrNothingTested],
//   - of kind [ErrSuite] for a fault of this suite,
//   - of kind [ErrProcess] when a process of a run with several has died.
//
// The result is nil then, except with ErrDown, ErrProcess, with ErrNothingTested when
// every spec that was selected was skipped, and with an config.Error about the file
// of exchanges, which is written last. Violations of the contract are no error.
//
// When ctx ends, the running spec is interrupted, those that follow are skipped,
// and the result says so. Each run leaves one goroutine behind, which is Ginkgo's
// and waits for SIGINT and SIGTERM.
func Run(ctx context.Context, cfg config.Config, opt Options) (*reporters.Run, error) {
	s, err := open(ctx, cfg, opt)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if s.outage != nil {
		recorded := s.writeRecording()
		run, err := s.result()
		if err == nil {
			err = recorded
		}
		return run, err
	}
	if opt.OnReached != nil && ctx.Err() == nil {
		opt.OnReached(s.onlyReads)
	}
	s.countDiscovery()
	if s.cfg.Procs > 1 {
		err = s.runWorkers(ctx)
	} else {
		err = s.runHere(ctx)
	}
	died := (*kindError)(nil)
	if errors.As(err, &died) && died.kind == ErrProcess {
		s.notices = append(s.notices, died.text)
	} else if err != nil {
		return nil, err
	}
	recorded := s.writeRecording()
	run, err := s.result()
	switch {
	case run != nil && died != nil:
		err = died
	case err == nil:
		err = recorded
	}
	return run, err
}

// countDiscovery makes the total, and what is done of it, cover the look for
// valid input, which the result lists with the specs.
func (s *session) countDiscovery() {
	total := s.opt.OnTotal
	if total == nil {
		return
	}
	s.opt.OnTotal = func(specs int) {
		total(specs + 1)
		if done := s.opt.OnDone; done != nil {
			done(s.discovery.Name, rough(s.discovery, s.fails))
		}
	}
}

// fails reports whether a finding fails the run.
func (s *session) fails(f spec.Finding) bool { return reporters.Fails(f.Level, s.cfg.Strict) }

// runHere runs the specs in this process.
func (s *session) runHere(ctx context.Context) error {
	t := &tree{env: s.env, opt: s.opt}
	s.outcome = t.run(ctx, t.build(suiteConfig(s.cfg)))
	return nil
}

// result makes a Run of what was collected.
func (s *session) result() (*reporters.Run, error) {
	s.completeCreated()
	records := append([]reporters.SpecRecord{s.discovery}, split(s.outcome.Specs, s.fails)...)
	if names := reporters.DuplicateNames(records); len(names) > 0 {
		return nil, &kindError{ErrSuite, fmt.Sprintf("more than one spec is called %q: report this as a fault of the suite", strings.Join(names, `", "`))}
	}
	run := build(s.client.Redactor(), reporters.Material{
		Suite:       reporters.Suite{Name: "hostup-conformance", Version: s.opt.Version},
		Document:    documentOf(s.contract),
		Target:      reporters.Target{URL: s.cfg.BaseURL, Embedded: s.reference != nil, Outage: s.down(records)},
		Settings:    s.settings(),
		Started:     s.started,
		Duration:    time.Since(s.started),
		Interrupted: s.outcome.Interrupted,
		Notices:     append(s.notices, s.cfg.Notices()...),
		Problems:    documentProblems(s.contract, records),
		Catalogue:   s.contract.Requirements(),
		Universe:    s.env.Universe.Items(),
		Specs:       records,
	})
	if run.Down() {
		return run, &kindError{ErrDown, run.Target.Outage.Text}
	}
	if s.outage != nil {
		return run, nil // a finding
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
	return run, &kindError{ErrNothingTested, "nothing was tested: every spec was skipped, see the reasons in the report"}
}

func (s *session) settings() reporters.Settings {
	settings := s.cfg.Settings()
	if s.onlyReads {
		settings.MayMake = ""
	}
	return settings
}

// down is the outage of the target: before the first spec, or as a spec found.
func (s *session) down(records []reporters.SpecRecord) *reporters.Outage {
	if s.outage != nil {
		return s.outage
	}
	var o *reporters.Outage
	unjudged := 0
	for _, r := range records {
		if r.Skip != nil && r.Skip.Code == reporters.SkipDown {
			unjudged++
		}
		for _, f := range r.Findings {
			if f.Keyword == spec.KeywordGone && (o == nil || f.Exchange < o.After) {
				o = &reporters.Outage{Kind: reporters.OutageGone, Text: f.Got, After: f.Exchange}
			}
		}
	}
	if o != nil {
		o.Unjudged = unjudged
		if mock := s.env.Mock(); mock != "" && s.cfg.Profile == "" {
			o.Hints = append(o.Hints, "the target looks like "+mock+", a static mock: use --profile static-mock")
		}
	}
	return o
}

func (s *session) nothingSelected() error {
	if s.cfg.Selection() == "" {
		return &kindError{ErrSuite, "the suite has no specs: report this as a fault of the suite"}
	}
	return &kindError{ErrNothingTested, fmt.Sprintf("the label filter %q selects no spec: hostup-conformance list --labels shows what there is", s.cfg.Selection())}
}

// NewSeed is a seed for a run, short enough to be typed again.
func NewSeed() int64 { return 1 + rand.Int64N(999_999) }

// documentOf says in a result which contract was tested.
func documentOf(c *spec.Contract) reporters.Document {
	d := reporters.Document{
		Path: c.Name(), Title: c.Title(), Version: c.Version(),
		SHA256: c.Digest(), OverlaySHA256: c.OverlayDigest(), Lines: map[string]int{},
	}
	for _, o := range c.Operations() {
		d.Lines[o.Name()] = o.Line
	}
	return d
}
