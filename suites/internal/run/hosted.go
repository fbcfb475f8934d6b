package run

import (
	"cmp"
	"context"
	"path/filepath"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/shipped"
)

// HostedName is the name of the container that holds the specs in a foreign suite.
const HostedName = "conformance"

// wholeText is the text of the spec that reports what no other spec does.
const wholeText = "the run as a whole"

// Setup declares the specs in the Ginkgo suite under construction. check may refuse the
// contract and the configuration before anything is sent.
//
// One ordered container holds them all, so that a single process of "ginkgo -p" gets it
// and the run executes once, before the first spec, through the same code as [Run]. The
// specs then report its results.
func Setup(ctx context.Context, cfg config.Config, opt Options, check func(*spec.Contract, config.Config) error) {
	cfg.Uncached() // a configuration that was not loaded, but written in Go
	ginkgo.Describe(HostedName, ginkgo.Ordered, ginkgo.ContinueOnFailure, func() {
		h := &hosted{ctx: ctx, reports: cfg.ReportDir, declared: map[string]bool{}}
		if err := h.open(cfg, opt, check); err != nil {
			ginkgo.It(wholeText, func() { ginkgo.Fail(err.Error()) })
			return
		}
		ginkgo.BeforeAll(h.run)
		shipped.Register(h.session.Env)
		ginkgo.It(wholeText, ginkgo.Label(h.labels...), h.tellWhole)
	})
}

// hosted is a run in a foreign Ginkgo suite.
type hosted struct {
	ctx     context.Context
	session *Session
	reports string   // the directory; "": no reports are written
	labels  []string // of one of the specs: what selects any selects it

	declared map[string]bool // results that a Ginkgo spec reports

	result *reporters.Run
	err    error
	*telling
}

// open prepares the session as far as the tree of specs needs it. It sends nothing and
// builds no extra tree: Ginkgo is busy with the host's.
func (h *hosted) open(cfg config.Config, opt Options, check func(*spec.Contract, config.Config) error) error {
	suite, _ := ginkgo.GinkgoConfiguration()
	if cfg.Procs > 1 {
		return config.Errorf("procs: in a Ginkgo suite one process makes the run, leave the setting out")
	}
	if cfg.LabelFilter != "" && suite.LabelFilter != "" {
		cfg.LabelFilter = "(" + cfg.LabelFilter + ") && (" + suite.LabelFilter + ")"
	} else {
		cfg.LabelFilter += suite.LabelFilter
	}
	cfg.Seed = cmp.Or(cfg.Seed, suite.RandomSeed)
	opt.LateFilterCheck = true
	s := planned(cfg, opt, Role{Process: 1, Preflight: true})
	if err := s.Config.Confirm(); err != nil {
		return err
	}
	if err := s.prepare(); err != nil {
		return err
	}
	if err := check(s.Contract, s.Config); err != nil {
		return err
	}
	s.Env = shipped.NewEnv(s.Contract, s.Config, nil, s.role.Process)
	s.Env.Only = opt.Only
	s.Env.Host = &env.Host{Containers: 1, Tell: h.tell}
	s.Env.OnDeclared = func(d env.Declared) {
		s.specs = append(s.specs, scheduled{d, d.Record})
		h.labels = d.Labels
		for _, name := range names(d.Record) {
			h.declared[name] = true
		}
	}
	h.session = s
	return nil
}

// run executes the run and writes its reports. It fails, and with it only the first spec,
// if there are no results to report.
func (h *hosted) run(sc ginkgo.SpecContext) {
	ctx, cancel := context.WithCancel(sc)
	defer cancel()
	defer context.AfterFunc(h.ctx, cancel)()
	undo := func() {}
	if h.reports != "" {
		var err error
		if undo, err = PrepareReports(h.reports); err != nil {
			ginkgo.Fail(err.Error())
		}
	}
	h.make(ctx)
	if h.result == nil {
		undo() // the directory was made for nothing
		ginkgo.Fail(h.err.Error())
	}
	if h.reports != "" {
		if err := WriteReports(h.reports, h.result); err != nil {
			ginkgo.Fail(err.Error())
		}
	}
	if o := h.result.Target.Outage; h.result.Down() || h.result.Prevented() != nil {
		ginkgo.Fail(strings.Join(append([]string{o.Text}, o.Hints...), "\n"))
	}
}

func (h *hosted) make(ctx context.Context) {
	s := h.session
	defer s.Close()
	shuffle(s.specs, s.Config.Seed)
	if h.err = s.reach(ctx); h.err == nil {
		h.result, h.err = s.complete(ctx)
	}
	if h.result != nil {
		h.telling = newTelling(h.result)
	}
}

// tellWhole reports what no other spec does: what discovery found, and that too little
// was tested.
func (h *hosted) tellWhole() {
	var list []string
	for _, s := range h.result.Specs {
		if !h.declared[s.Name] && (s.Outcome == reporters.Failed || s.Outcome == reporters.Errored) {
			if news, _ := h.failure(s); news != "" {
				list = append(list, news)
			}
		}
	}
	if h.err != nil {
		list = append(list, h.err.Error())
	} else if why := h.result.TooLittle(); why != "" {
		list = append(list, why)
	}
	if h.result.Interrupted {
		list = append(list, "the run was interrupted: the result covers what was tested until then")
	}
	if h.reports != "" {
		ginkgo.AddReportEntry("requests and responses", filepath.Join(h.reports, "report.html"), ginkgo.ReportEntryVisibilityFailureOrVerbose)
	}
	if len(list) > 0 {
		ginkgo.Fail(strings.Join(list, "\n\n"))
	}
}

// tell implements [env.Host.Tell].
func (h *hosted) tell(name string) {
	s, ok := h.results[name]
	if !ok {
		ginkgo.Fail("the run has no result of this spec: report this as a fault of the suite")
	}
	switch s.Outcome {
	case reporters.Skipped:
		ginkgo.Skip(s.Skip.Code + ": " + s.Skip.Reason)
	case reporters.Warned:
		ginkgo.AddReportEntry("warnings", h.warnings(s), ginkgo.ReportEntryVisibilityFailureOrVerbose)
	case reporters.Failed, reporters.Errored:
		news, known := h.failure(s)
		if news != "" {
			ginkgo.Fail(news)
		}
		ginkgo.Skip(known)
	}
}
