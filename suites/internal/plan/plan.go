package plan

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/generic"
	"github.com/hostup/api-conformance/suites/internal/embedded"
	"github.com/hostup/api-conformance/suites/internal/result"
	"github.com/hostup/api-conformance/suites/internal/run"
	"github.com/hostup/api-conformance/suites/request"
)

// Make returns the requests that [run.Run] would send, and sends none to the target. Its
// errors are those of Run that can be found without a target.
//
// No second list of requests is kept: the suite runs against reference servers in this
// process, with the settings of cfg and the kinds of credentials and data that cfg has,
// and every request that the client sends is counted. It runs twice, for a customer whose
// lists have many pages and for one whose lists have a single page; the difference shows
// what depends on responses.
func Make(ctx context.Context, cfg config.Config, opt run.Options) (*reporters.Plan, error) {
	s := run.NewSession(cfg, opt)
	if err := s.Load(); err != nil {
		return nil, err
	}
	if err := s.CheckFilter(); err != nil {
		return nil, err
	}
	if cfg.BaseURL != "" { // certificate files, the confirmed host
		client, err := client.New(cfg)
		if err != nil {
			return nil, err
		}
		client.Close()
	}
	if s.Config.Foreign {
		return generic.Plan(s.Contract, s.Config)
	}
	cfg = s.Config
	cfg.Seed = cmp.Or(cfg.Seed, run.NewSeed())
	p := &planner{contract: s.Contract, cfg: cfg, lines: map[planKey]*reporters.PlanLine{}, ids: map[planKey]map[string]bool{}}
	const onePage = 1_000_000
	rehearsals := make([]rehearsal, 2)
	errs := make([]error, len(rehearsals))
	var both sync.WaitGroup
	for i, size := range []int{1, onePage} {
		both.Go(func() { errs[i] = p.rehearse(ctx, size, &rehearsals[i]) })
	}
	both.Wait()
	if err := cmp.Or(errs...); err != nil {
		return nil, err
	}
	for i := range rehearsals {
		p.merge(&rehearsals[i], i == 0)
	}
	return p.plan(), nil
}

// A planner merges what two runs against reference servers send.
type planner struct {
	contract *spec.Contract
	cfg      config.Config

	lines  map[planKey]*reporters.PlanLine
	ids    map[planKey]map[string]bool // requirements
	data   []reporters.PlanDatum
	skips  []reporters.PlanSkip
	breaks int // how often the reference server violates the document
}

// A planKey identifies the line that a request belongs to.
type planKey struct {
	effect       spec.Effect
	path, method string
	other        bool // the path is undocumented
	why          string
}

// A rehearsal is a run against a fresh reference server.
type rehearsal struct {
	mu     sync.Mutex
	counts map[planKey]int
	ids    map[planKey]map[string]bool

	data   []reporters.PlanDatum
	skips  []reporters.PlanSkip
	breaks int
}

// rehearse runs the suite once.
func (p *planner) rehearse(ctx context.Context, pageSize int, r *rehearsal) error {
	reference, err := listen(pageSize)
	if err != nil {
		return err
	}
	defer reference.Close()
	r.counts, r.ids = map[planKey]int{}, map[planKey]map[string]bool{}
	paths := p.pathData(reference.Configure(p.cfg))
	s, err := run.Open(ctx, p.rehearsal(reference), run.Options{Contract: p.contract, LateFilterCheck: true}, run.Role{
		Process: 1, Preflight: p.cfg.BaseURL != "", Steady: true,
		OnSend: func(sent request.Request, note string) { r.count(p.keyOf(paths, sent), note) },
	})
	if err != nil {
		return err
	}
	defer s.Close()
	s.Env.BurstKey = reference.BurstKey()
	s.RunHere(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	run, err := s.Result()
	if run == nil {
		return err
	}
	r.data, r.skips, r.breaks = p.sources(s.Env), planSkips(run), len(run.Findings)
	return nil
}

// listen starts a fresh embedded server, see [embedded.New].
func listen(pageSize int) (*embedded.Reference, error) {
	server, err := embedded.New(pageSize)
	if err != nil {
		return nil, result.Errorf(result.ErrSuite, "%v", err)
	}
	reference, err := embedded.Listen("127.0.0.1:0", server)
	if err != nil {
		return nil, result.Errorf(result.ErrSuite, "%v", err)
	}
	return reference, nil
}

// rehearsal returns the configuration of a rehearsal: the user's, with the server as
// target. What the user did not give is left out here as well, so that the same is
// discovered and the same is skipped.
func (p *planner) rehearsal(reference *embedded.Reference) config.Config {
	cfg := reference.Configure(p.cfg)
	cfg.Procs, cfg.Concurrency, cfg.RPS, cfg.HAR = 1, 1, 0, ""
	if p.cfg.BaseURL == "" { // the embedded server gives them all
		if cfg.NoKey {
			cfg.Give(string(request.FullKey), "")
		}
		return cfg
	}
	if p.cfg.Burst == 0 {
		cfg.Burst = -1
	}
	for _, o := range cfg.Names.Own {
		if p.cfg.Get(o.Key) == "" {
			cfg.Give(o.Key, "")
		}
	}
	return cfg
}

func (p *planner) plan() *reporters.Plan {
	plan := &reporters.Plan{
		Target:   p.cfg.BaseURL,
		Settings: p.cfg.Settings(),
		Data:     append([]reporters.PlanDatum{}, p.data...),
		Skipped:  append([]reporters.PlanSkip{}, p.skips...),
		Unkept:   p.breaks,
		RPS:      p.cfg.RPS,
	}
	for _, tier := range []struct {
		safety config.Safety
		effect spec.Effect
	}{{config.ReadOnly, spec.Reads}, {config.Write, spec.Writes}, {config.Pay, spec.Charges}} {
		t := reporters.PlanTier{Safety: tier.safety.String(), Lines: []reporters.PlanLine{}}
		for key, line := range p.lines {
			if key.effect != tier.effect {
				continue
			}
			line.Requirements = slices.Sorted(maps.Keys(p.ids[key]))
			t.Lines = append(t.Lines, *line)
		}
		slices.SortFunc(t.Lines, func(a, b reporters.PlanLine) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method), cmp.Compare(a.Why, b.Why))
		})
		plan.Tiers = append(plan.Tiers, t)
	}
	return plan
}
