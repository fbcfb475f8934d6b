package plan

import (
	"context"
	"fmt"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/run"
	"github.com/hostup/api-conformance/suites/request"
)

// CheckKey refuses to test a target without a key, unless the user wants that or no spec
// of the run needs one: most specs would be skipped, and a job whose secret is not set,
// as in a pull request from a fork, would be green. It stores the contract that it loads
// in opt.
func CheckKey(ctx context.Context, cfg config.Config, opt *run.Options) error {
	if cfg.BaseURL == "" || cfg.Secret(request.FullKey) != "" && cfg.Spec == "" || cfg.NoKey {
		return nil
	}
	if err := cfg.Confirm(); err != nil {
		return err
	}
	s := run.NewSession(cfg, *opt)
	if err := s.Load(); err != nil {
		return err
	}
	opt.Contract = s.Contract
	if s.Config.Foreign {
		return checkCredentials(s.Contract, s.Config)
	}
	if cfg.Secret(request.FullKey) != "" {
		return nil
	}
	if err := s.CheckFilter(); err != nil {
		return err
	}
	need, total, err := needKey(ctx, &planner{contract: s.Contract, cfg: s.Config})
	switch {
	case err != nil:
		return err
	case need == 0:
		return nil
	}
	return &config.Error{Problems: []string{fmt.Sprintf(
		"%s is not set: %d of %d specs need it: set it, or test without one on purpose with --no-key (%s=true)",
		cfg.Variable(string(request.FullKey)), need, total, cfg.Variable("no-key"))}}
}

// CheckGiven is CheckKey for callers that cannot try both cases, as it builds no tree of
// specs: it refuses to test a target without a key whatever the specs need.
func CheckGiven(c *spec.Contract, cfg config.Config) error {
	switch {
	case cfg.BaseURL == "" || cfg.NoKey:
		return nil
	case c.Pack() == "":
		return checkCredentials(c, cfg)
	case cfg.Secret(request.FullKey) != "":
		return nil
	}
	return config.Errorf("%s is not set: set it, or test without one on purpose with --no-key (%s=true)",
		cfg.Variable(string(request.FullKey)), cfg.Variable("no-key"))
}

// needKey returns how many specs run with a key and are skipped without one, and how many
// the run selects. It tries both against reference servers and sends nothing to the
// target.
func needKey(ctx context.Context, p *planner) (need, total int, err error) {
	ran := map[bool]map[string]bool{}
	for _, key := range []bool{true, false} {
		given := ""
		if key {
			given = "given"
		}
		p.cfg.Give(string(request.FullKey), given)
		run, err := p.try(ctx)
		if err != nil {
			return 0, 0, err
		}
		ran[key] = map[string]bool{}
		for _, spec := range run.Specs {
			ran[key][spec.Name] = spec.Outcome != reporters.Skipped
		}
	}
	for name, with := range ran[true] {
		if with && !ran[false][name] {
			need++
		}
	}
	return need, len(ran[true]), nil
}

// try runs the specs against a fresh reference server with what the user gave.
func (p *planner) try(ctx context.Context) (*reporters.Run, error) {
	reference, err := listen(0)
	if err != nil {
		return nil, err
	}
	defer reference.Close()
	s, err := run.Open(ctx, p.rehearsal(reference), run.Options{Contract: p.contract, LateFilterCheck: true}, run.Role{Process: 1, Steady: true})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	s.RunHere(ctx)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	run, err := s.Result()
	if run == nil {
		return nil, err
	}
	return run, nil
}
