package suites

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/embedded"
	"github.com/hostup/api-conformance/suites/request"
)

// A session is everything that a run has open.
type session struct {
	cfg       config.Config
	opt       Options
	started   time.Time
	notices   []string
	contract  *spec.Contract
	reference *embedded.Reference // nil when a target was configured
	client    *client.Client
	env       *env.Env
	recording *recording // nil when none was asked for
	processes *Processes // nil in a run of one process
	discovery reporters.SpecRecord
	onlyReads bool              // no spec that the filter selects sends anything else
	outage    *reporters.Outage // before the first spec; nil for a target that is worth testing
	outcome   outcome
	made      made
}

// open does all that comes before the first spec.
func open(ctx context.Context, cfg config.Config, opt Options) (*session, error) {
	if cfg.Procs > 1 && opt.Executable == "" {
		return nil, &config.Error{Problems: []string{"procs: this program runs all specs in one process, leave the setting out"}}
	}
	opt.preflight = true
	process := 1
	if cfg.Procs > 1 {
		process = 0 // the specs run in others
	}
	if err := checkKey(ctx, cfg, &opt); err != nil {
		return nil, err
	}
	return openIn(ctx, cfg, opt, process)
}

// openIn is open in one of the processes of a run. Those that run specs are
// numbered from 1.
// What can be found wrong without sending anything is found first.
func openIn(ctx context.Context, cfg config.Config, opt Options, process int) (*session, error) {
	opt.Version = cmp.Or(opt.Version, "dev")
	s := &session{cfg: cfg, opt: opt, started: time.Now()}
	s.cfg.Seed = cmp.Or(cfg.Seed, NewSeed())
	s.cfg.Procs = max(cfg.Procs, 1)
	if err := s.prepare(process); err != nil {
		s.close()
		return nil, err
	}
	if err := s.begin(ctx); err != nil && ctx.Err() == nil {
		s.close()
		return nil, &kindError{ErrUnreachable, fmt.Sprintf("cannot test %v: %s", err, advice(s.cfg, err))}
	}
	return s, nil
}

// advice says what to do about a target that cannot be reached.
func advice(cfg config.Config, err error) string {
	if strings.Contains(err.Error(), "the certificate is not trusted") {
		return "name its authority with --ca-file, or verify nothing with --insecure"
	}
	return "check --base-url (" + cfg.Variable("base-url") + ") and that the target is up"
}

// begin finds out whether the target is worth testing, and what valid requests need.
func (s *session) begin(ctx context.Context) (err error) {
	// The embedded server is there; what is tested of it are its faults.
	var asked reporters.SpecRecord
	if s.opt.preflight && !s.cfg.Foreign && s.reference == nil && !s.cfg.KeepGoing {
		if s.outage, asked, err = s.env.Preflight(ctx); err != nil || s.outage != nil {
			s.discovery = asked
			return err
		}
		if d := s.env.Started; d > 0 {
			s.notices = append(s.notices, fmt.Sprintf("the target answered with a server error for the first %.1f s, and was waited for", d.Seconds()))
		}
	}
	s.discovery, err = s.env.Discover(ctx)
	d := &s.discovery
	d.Findings, d.Exchanges, d.Tally = append(asked.Findings, d.Findings...), append(asked.Exchanges, d.Exchanges...), append(asked.Tally, d.Tally...)
	for item, n := range asked.Observed {
		if d.Observed == nil {
			d.Observed = map[string]int{}
		}
		d.Observed[item] += n
	}
	return err
}

// prepare does what comes before the first request.
func (s *session) prepare(process int) (err error) {
	// Against the embedded server the parent has a sequence to begin first.
	if s.processes = s.opt.Processes; process == 0 && s.processes == nil {
		if err := s.startProcesses(); err != nil {
			return err
		}
	}
	if err := s.load(); err != nil {
		return err
	}
	if err := s.checkFilter(); err != nil {
		return err
	}
	if err := s.connect(process); err != nil {
		return err
	}
	return s.record(process)
}

func (s *session) load() (err error) {
	switch {
	case s.opt.Contract != nil:
		s.contract = s.opt.Contract
	case s.cfg.Spec != "":
		s.contract, err = Load(context.Background(), s.cfg)
	default:
		s.contract, err = packs.Default()
	}
	if err != nil {
		return &kindError{ErrDocument, strings.TrimSpace(err.Error())}
	}
	if s.cfg, s.contract, err = s.cfg.For(s.contract); err != nil {
		return err
	}
	s.cfg, err = s.cfg.Choose(s.contract)
	return err
}

// checkFilter refuses a filter that is none or that selects nothing.
func (s *session) checkFilter() error {
	if s.cfg.Selection() == "" {
		return nil
	}
	if _, err := types.ParseLabelFilter(s.cfg.LabelFilter); err != nil {
		why := err.Error()
		if g := (types.GinkgoError{}); errors.As(err, &g) {
			_, why, _ = strings.Cut(g.Message, "\n") // the first line is the filter with colour marks
		}
		why = strings.TrimSuffix(strings.Join(strings.Fields(why), " "), ".")
		return &config.Error{Problems: []string{fmt.Sprintf("label-filter: %q is not a label filter (%s): write one such as 'activity && MUST'", s.cfg.LabelFilter, why)}}
	}
	if s.opt.LateFilterCheck {
		return nil
	}
	report := preview(s.contract, s.cfg)
	if report.PreRunStats.SpecsThatWillRun == 0 {
		return s.nothingSelected()
	}
	s.onlyReads = !slices.ContainsFunc(report.SpecReports, func(r types.SpecReport) bool {
		reads := slices.ContainsFunc(r.LeafNodeLabels, func(label string) bool {
			o := s.contract.Operation(label)
			return o != nil && o.Effect == spec.Reads
		})
		return r.State != types.SpecStateSkipped && r.LeafNodeType == types.NodeTypeIt && !reads
	})
	return nil
}

// connect makes the way to the target, and the target if none is configured.
func (s *session) connect(process int) error {
	burstKey := ""
	if s.cfg.BaseURL == "" && s.cfg.Foreign {
		return &config.Error{Problems: []string{"--spec needs --base-url: the embedded reference server is one of the built-in document"}}
	}
	if s.cfg.BaseURL == "" {
		server := s.opt.Reference
		if server == nil {
			var err error
			if server, err = embedded.New(0); err != nil {
				return &kindError{ErrSuite, err.Error()}
			}
		}
		reference, err := embedded.Listen("127.0.0.1:0", server)
		if err != nil {
			return &kindError{ErrUnreachable, err.Error()}
		}
		if s.cfg.HasSecret() {
			s.notices = append(s.notices, "credentials were given but no base URL: they were not used, the embedded reference server has its own")
		}
		s.reference = reference
		s.cfg = reference.Configure(s.cfg)
		if s.cfg.NoKey {
			s.cfg.Give(string(request.FullKey), "")
		}
		burstKey = server.BurstKey()
	}
	s.cfg.Burst = max(s.cfg.Burst, 0)
	client, err := client.New(s.cfg, client.WithVersion(s.opt.Version), client.WithOnSend(s.opt.onSend))
	if err != nil {
		return err
	}
	s.client = client
	s.env = NewEnv(s.contract, s.cfg, client, process)
	s.env.BurstKey = burstKey
	s.env.OnCreated = s.created
	return nil
}

func (s *session) close() {
	s.processes.Close()
	s.recording.close()
	if s.client != nil {
		s.client.Close()
	}
	if s.reference != nil {
		s.reference.Close()
	}
}
