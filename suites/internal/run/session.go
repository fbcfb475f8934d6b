package run

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
	"github.com/hostup/api-conformance/suites/internal/result"
	"github.com/hostup/api-conformance/suites/internal/shipped"
	"github.com/hostup/api-conformance/suites/request"
)

// A Session is everything that a run has open.
type Session struct {
	Config    config.Config
	opt       Options
	role      Role
	started   time.Time
	notices   []string
	Contract  *spec.Contract
	reference *embedded.Reference // nil if a target was configured
	client    *client.Client
	Env       *env.Env
	recording *recording // nil if none was asked for
	processes *processes // nil in a run of one process
	discovery reporters.SpecRecord
	onlyReads bool              // no selected spec sends anything else
	outage    *reporters.Outage // before the first spec; nil for a target worth testing
	specs     []scheduled       // of a tree that is already built, see Setup
	outcome   outcome
	made      made
}

// A Role is what a process does in a run.
type Role struct {
	// Process is its number: processes that run specs are numbered from 1; 0 delegates
	// them to others.
	Process int

	// Preflight checks the target as a whole before anything else, see
	// [env.Env.Preflight].
	Preflight bool

	// Steady says that the target is an embedded server of this process, see
	// [client.WithSteadyConnections]. It need not be set for one that the session starts.
	Steady bool

	// OnSend, if not nil, is called for every request, see [client.WithOnSend].
	OnSend func(r request.Request, note string)
}

// NewSession returns a session that has nothing open.
func NewSession(cfg config.Config, opt Options) *Session {
	return &Session{Config: cfg, opt: opt, started: time.Now()}
}

// Open does all that comes before the first spec, in one of the processes of a run.
// Errors that can be found without sending anything come first.
func Open(ctx context.Context, cfg config.Config, opt Options, role Role) (*Session, error) {
	s := planned(cfg, opt, role)
	err := s.prepare()
	if err == nil {
		err = s.reach(ctx)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// planned returns a session that is configured but has done nothing.
func planned(cfg config.Config, opt Options, role Role) *Session {
	opt.Version = cmp.Or(opt.Version, "dev")
	s := NewSession(cfg, opt)
	s.role = role
	s.Config.Seed = cmp.Or(cfg.Seed, NewSeed())
	s.Config.Procs = max(cfg.Procs, 1)
	return s
}

// reach connects to the target and discovers what valid requests need.
func (s *Session) reach(ctx context.Context) error {
	if err := s.connect(s.role.Process); err != nil {
		return err
	}
	if err := s.record(s.role.Process); err != nil {
		return err
	}
	if err := s.begin(ctx); err != nil && ctx.Err() == nil {
		return result.Errorf(result.ErrUnreachable, "cannot test %v: %s", err, advice(s.Config, err))
	}
	return s.keysInPlace()
}

// keysInPlace refuses a run that may change the target with keys that seem to be swapped:
// requests that its read-only key must not be able to make would be accepted.
func (s *Session) keysInPlace() error {
	if swapped := s.Env.Swapped; swapped != "" && s.role.Preflight && s.reference == nil && !s.Config.KeepGoing && s.Config.Safety != config.ReadOnly {
		return config.Errorf("%s, nothing was changed: exchange them, or insist with --keep-going", swapped)
	}
	return nil
}

// advice says what to do about a target that cannot be reached.
func advice(cfg config.Config, err error) string {
	if strings.Contains(err.Error(), "the certificate is not trusted") {
		return "name its authority with --ca-file, or verify nothing with --insecure"
	}
	return "check --base-url (" + cfg.Variable("base-url") + ") and that the target is up"
}

// begin checks whether the target is worth testing, and discovers what valid requests
// need.
func (s *Session) begin(ctx context.Context) (err error) {
	// The embedded server is up, and its faults are the subject of tests.
	var asked reporters.SpecRecord
	if s.role.Preflight && s.reference == nil {
		if s.outage, asked, err = s.Env.Preflight(ctx); err != nil || s.outage != nil && !s.Config.KeepGoing {
			s.discovery = asked
			return err
		}
		if s.outage != nil {
			s.notices, s.outage = append(s.notices, "tested with --keep-going, although "+s.outage.Text+s.takes()), nil
		}
		if d := s.Env.Started; d > 0 {
			s.notices = append(s.notices, fmt.Sprintf("the target answered with a server error for the first %.1f s, and was waited for", d.Seconds()))
		}
	}
	s.discovery, err = s.Env.Discover(ctx)
	if swapped := s.Env.Swapped; swapped != "" {
		s.notices = append(s.notices, swapped)
	}
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

// takes says how long a run of a slow target takes, "" for any other: nobody should have to
// guess whether it hangs.
func (s *Session) takes() string {
	if s.outage.Kind != reporters.OutageSlow {
		return ""
	}
	const many = 1000
	beside := s.Config.Procs * runners(s.Config)
	d := s.Env.Longest() * many / time.Duration(beside)
	return fmt.Sprintf("; a thousand requests take %v or more, %d at a time (--concurrency)", d.Round(time.Second), beside)
}

// prepare does everything that needs no target.
func (s *Session) prepare() (err error) {
	if s.role.Process == 0 {
		if s.processes, err = openProcesses(); err != nil {
			return err
		}
	}
	if err := s.Load(); err != nil {
		return err
	}
	return s.CheckFilter()
}

// Load reads the contract, and selects the operations that the configuration names.
func (s *Session) Load() (err error) {
	switch {
	case s.opt.Contract != nil:
		s.Contract = s.opt.Contract
	case s.Config.Spec != "":
		s.Contract, err = Load(context.Background(), s.Config)
	default:
		s.Contract, err = packs.Default()
	}
	if err != nil {
		return result.Errorf(result.ErrDocument, "%s", strings.TrimSpace(err.Error()))
	}
	if s.Config, s.Contract, err = s.Config.For(s.Contract); err != nil {
		return err
	}
	s.Config, err = s.Config.Choose(s.Contract)
	return err
}

// CheckFilter refuses a label filter that does not parse or selects nothing.
func (s *Session) CheckFilter() error {
	if s.Config.Selection() == "" {
		return nil
	}
	if _, err := types.ParseLabelFilter(s.Config.LabelFilter); err != nil {
		why := err.Error()
		if g := (types.GinkgoError{}); errors.As(err, &g) {
			_, why, _ = strings.Cut(g.Message, "\n") // the first line is the filter with colour marks
		}
		why = strings.TrimSuffix(strings.Join(strings.Fields(why), " "), ".")
		return &config.Error{Problems: []string{fmt.Sprintf("label-filter: %q is not a label filter (%s): write one such as 'activity && MUST'", s.Config.LabelFilter, why)}}
	}
	if s.opt.LateFilterCheck {
		return nil
	}
	specs := declare(shipped.NewEnv(s.Contract, s.Config, nil, 1))
	if len(specs) == 0 {
		return s.nothingSelected()
	}
	s.onlyReads = !slices.ContainsFunc(specs, func(d scheduled) bool {
		return !slices.ContainsFunc(d.Labels, func(label string) bool {
			o := config.LabelledOperation(s.Contract, label)
			return o != nil && o.Effect == spec.Reads
		})
	})
	return nil
}

// connect creates the client, and the target if none is configured.
func (s *Session) connect(process int) error {
	burstKey := ""
	if s.Config.BaseURL == "" && s.Config.Foreign {
		return &config.Error{Problems: []string{"--spec needs --base-url: the embedded reference server is one of the built-in document"}}
	}
	if s.Config.BaseURL == "" {
		server := s.opt.Reference
		if server == nil {
			var err error
			if server, err = embedded.New(0); err != nil {
				return result.Errorf(result.ErrSuite, "%v", err)
			}
		}
		reference, err := embedded.Listen("127.0.0.1:0", server)
		if err != nil {
			return result.Errorf(result.ErrUnreachable, "%v", err)
		}
		if s.Config.HasSecret() {
			s.notices = append(s.notices, "credentials were given but no base URL: they were not used, the embedded reference server has its own")
		}
		s.reference = reference
		s.Config = reference.Configure(s.Config)
		if s.Config.NoKey {
			s.Config.Give(string(request.FullKey), "")
		}
		burstKey = server.BurstKey()
	}
	s.Config.Burst = max(s.Config.Burst, 0)
	steady := s.role.Steady || s.reference != nil && s.opt.Reference == nil // not one with a fault
	client, err := client.New(s.Config, client.WithVersion(s.opt.Version), client.WithOnSend(s.role.OnSend), client.WithSteadyConnections(steady))
	if err != nil {
		return err
	}
	s.client = client
	if s.Env != nil { // its tree is built
		s.Env.Use(s.Config, client)
	} else {
		s.Env = shipped.NewEnv(s.Contract, s.Config, client, process)
	}
	s.Env.BurstKey = burstKey
	s.Env.OnCreated = s.created
	return nil
}

// Close ends what the session has open.
func (s *Session) Close() {
	s.processes.close()
	s.recording.close()
	if s.client != nil {
		s.client.Close()
	}
	if s.reference != nil {
		s.reference.Close()
	}
}
