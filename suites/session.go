package suites

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

// A session is everything that a run has open.
type session struct {
	cfg       env.Config
	opt       Options
	started   time.Time
	notices   []string
	contract  *spec.Contract
	reference *Reference // nil when a target was configured
	client    *env.Client
	env       *env.Env
	recording *recording // nil when none was asked for
	discovery reporters.SpecRecord
	outcome   outcome
	made      made
}

// open does all that comes before the first spec.
func open(ctx context.Context, cfg env.Config, opt Options) (*session, error) {
	if cfg.Procs > 1 && opt.Executable == "" {
		return nil, &env.ConfigError{Problems: []string{"procs: this program runs all specs in one process, leave the setting out"}}
	}
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
func openIn(ctx context.Context, cfg env.Config, opt Options, process int) (*session, error) {
	opt.Version = cmp.Or(opt.Version, "dev")
	s := &session{cfg: cfg, opt: opt, started: time.Now()}
	s.cfg.Seed = cmp.Or(cfg.Seed, NewSeed())
	s.cfg.Procs = max(cfg.Procs, 1)
	if err := s.load(); err != nil {
		return nil, err
	}
	if err := s.checkFilter(); err != nil {
		return nil, err
	}
	if err := s.connect(process); err != nil {
		s.close()
		return nil, err
	}
	if err := s.record(process); err != nil {
		s.close()
		return nil, err
	}
	record, err := s.env.Discover(ctx)
	if s.discovery = record; err != nil && ctx.Err() == nil {
		s.close()
		return nil, &kindError{ErrUnreachable, fmt.Sprintf("cannot test %v: %s", err, advice(err))}
	}
	return s, nil
}

// advice says what to do about a target that cannot be reached.
func advice(err error) string {
	if strings.Contains(err.Error(), "the certificate is not trusted") {
		return "name its authority with --ca-file, or verify nothing with --insecure"
	}
	return "check --base-url (HOSTUP_BASE_URL) and that the target is up"
}

func (s *session) load() (err error) {
	switch {
	case s.opt.Contract != nil:
		s.contract = s.opt.Contract
	case s.cfg.Spec != "":
		s.contract, err = Load(context.Background(), s.cfg)
	default:
		s.contract, err = spec.Load()
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
		return &env.ConfigError{Problems: []string{fmt.Sprintf("label-filter: %q is not a label filter (%s): write one such as 'activity && MUST'", s.cfg.LabelFilter, why)}}
	}
	if !s.opt.LateFilterCheck && preview(s.contract, s.cfg).PreRunStats.SpecsThatWillRun == 0 {
		return s.nothingSelected()
	}
	return nil
}

// connect makes the way to the target, and the target if none is configured.
func (s *session) connect(process int) error {
	burstKey := ""
	if s.cfg.BaseURL == "" && s.cfg.Foreign {
		return &env.ConfigError{Problems: []string{"--spec needs --base-url: the embedded reference server is one of the built-in document"}}
	}
	if s.cfg.BaseURL == "" {
		server := s.opt.Reference
		if server == nil {
			var err error
			if server, err = refserver.New(refserver.Config{}); err != nil {
				return &kindError{ErrSuite, err.Error()}
			}
		}
		reference, err := Listen("127.0.0.1:0", server)
		if err != nil {
			return &kindError{ErrUnreachable, err.Error()}
		}
		if s.cfg.APIKey+s.cfg.ReadOnlyAPIKey+s.cfg.UnscopedAPIKey+s.cfg.Session != "" {
			s.notices = append(s.notices, "credentials were given but no base URL: they were not used, the embedded reference server has its own")
		}
		s.reference = reference
		s.cfg = reference.Configure(s.cfg)
		if s.cfg.NoKey {
			s.cfg.APIKey = ""
		}
		burstKey = server.Credentials().RateLimitedAPIKey
	}
	s.cfg.Burst = max(s.cfg.Burst, 0)
	client, err := env.NewClient(s.cfg, env.WithVersion(s.opt.Version), env.WithOnSend(s.opt.onSend))
	if err != nil {
		return err
	}
	s.client = client
	s.env = env.New(s.contract, s.cfg, client, process)
	s.env.BurstKey = burstKey
	s.env.OnCreated = s.created
	return nil
}

func (s *session) close() {
	s.recording.close()
	if s.client != nil {
		s.client.Close()
	}
	if s.reference != nil {
		s.reference.Close()
	}
}
