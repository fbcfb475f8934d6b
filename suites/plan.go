package suites

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/fixtures/request"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

// Plan says which requests [Run] would send, and sends none to the target. The
// errors are those of Run that can be found without a target.
//
// No second list of requests is kept: the suite runs against reference servers
// in this process, with the settings of cfg, with the kinds of credentials and
// the data that cfg has, and every request that the client sends is counted. It
// runs twice, for a customer whose lists have many pages and for one whose lists
// have a single page; what differs depends on answers.
func Plan(ctx context.Context, cfg env.Config, opt Options) (*reporters.Plan, error) {
	s := &session{cfg: cfg, opt: opt}
	if err := s.load(); err != nil {
		return nil, err
	}
	if err := s.checkFilter(); err != nil {
		return nil, err
	}
	if cfg.BaseURL != "" { // certificate files, the confirmed host
		client, err := env.NewClient(cfg)
		if err != nil {
			return nil, err
		}
		client.Close()
	}
	cfg.Seed = cmp.Or(cfg.Seed, NewSeed())
	p := &planner{contract: s.contract, cfg: cfg, lines: map[planKey]*reporters.PlanLine{}}
	const onePage = 1_000_000
	for i, size := range []int{1, onePage} {
		if err := p.rehearse(ctx, refserver.Config{PageSize: size}, i == 0); err != nil {
			return nil, err
		}
	}
	return p.plan(), nil
}

// A planner collects what two runs against reference servers send.
type planner struct {
	contract *spec.Contract
	cfg      env.Config

	mu     sync.Mutex
	counts map[planKey]int // of the rehearsal that runs
	lines  map[planKey]*reporters.PlanLine
	ids    map[planKey]map[string]bool // requirements
	data   []reporters.PlanDatum
	skips  []reporters.PlanSkip
	breaks int // places where the reference server does not keep the document
}

// A planKey is what requests of one line have in common.
type planKey struct {
	effect       spec.Effect
	path, method string
	other        bool // the path is none of the document
	why          string
}

// rehearse runs the suite once against a reference server of its own.
func (p *planner) rehearse(ctx context.Context, config refserver.Config, first bool) error {
	server, err := refserver.New(config)
	if err != nil {
		return &kindError{ErrSuite, err.Error()}
	}
	reference, err := Listen("127.0.0.1:0", server)
	if err != nil {
		return &kindError{ErrSuite, err.Error()}
	}
	defer reference.Close()
	cfg := p.rehearsal(reference)
	p.counts = map[planKey]int{}
	s, err := openIn(ctx, cfg, Options{
		Contract: p.contract, LateFilterCheck: true,
		onSend: func(r request.Request, note string) { p.note(server.Data(), r, note) },
	}, 1)
	if err != nil {
		return err
	}
	defer s.close()
	s.env.BurstKey = server.Credentials().RateLimitedAPIKey
	if err := s.runHere(ctx); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	p.merge(first)
	run, err := s.result()
	if run == nil {
		return err
	}
	if first {
		p.data = p.sources(s.env)
	}
	if skips := planSkips(run); first {
		p.skips = skips
	} else {
		p.skips = inBoth(p.skips, skips)
	}
	p.breaks = max(p.breaks, len(run.Findings))
	return nil
}

// rehearsal is the configuration of the run: that of the user, except that the
// target is the server. What the user did not give is not given here either, so
// that the same is discovered and the same is skipped.
func (p *planner) rehearsal(reference *Reference) env.Config {
	cfg := reference.Configure(p.cfg)
	cfg.Procs, cfg.RPS, cfg.HAR = 1, 0, ""
	if p.cfg.BaseURL == "" {
		return cfg // the embedded server gives them all
	}
	if p.cfg.Burst == 0 {
		cfg.Burst = -1
	}
	for _, m := range []struct {
		given string
		use   *string
	}{
		{p.cfg.APIKey, &cfg.APIKey}, {p.cfg.ReadOnlyAPIKey, &cfg.ReadOnlyAPIKey}, {p.cfg.UnscopedAPIKey, &cfg.UnscopedAPIKey}, {p.cfg.Session, &cfg.Session},
		{p.cfg.AccountID, &cfg.AccountID}, {p.cfg.ForeignAccountID, &cfg.ForeignAccountID}, {p.cfg.AddonID, &cfg.AddonID},
		{p.cfg.InvoiceID, &cfg.InvoiceID}, {p.cfg.DeclinedInvoiceID, &cfg.DeclinedInvoiceID}, {p.cfg.CardID, &cfg.CardID},
	} {
		if m.given == "" {
			*m.use = ""
		}
	}
	return cfg
}

// note counts a request. Notes are the ids of the requirements under test, or a
// word for what comes before the specs.
func (p *planner) note(data refserver.Data, r request.Request, note string) {
	effect := r.Effect
	if effect == "" {
		effect = spec.Reads // Ping
	}
	path, other := p.template(data, r.Path)
	key := planKey{effect: effect, path: path, method: r.Method, other: other, why: p.why(r, effect)}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts[key]++
	if p.ids == nil {
		p.ids = map[planKey]map[string]bool{}
	}
	if p.ids[key] == nil {
		p.ids[key] = map[string]bool{}
	}
	for _, id := range strings.Fields(cmp.Or(note, "ping")) {
		p.ids[key][id] = true
	}
}

// template is the path of the document that a path fits, whatever the method,
// for another path it is the path itself.
func (p *planner) template(data refserver.Data, path string) (template string, other bool) {
	for _, o := range p.contract.Operations() {
		if p.contract.Match(o.Method, path) == o {
			return o.Path, false
		}
	}
	for name, id := range map[string]string{"accountId": data.AccountID, "invoiceId": data.InvoiceID} {
		path = strings.ReplaceAll(path, "/"+id, "/{"+name+"}")
	}
	const most = 60
	if len(path) > most {
		path = path[:most] + "…"
	}
	return path, true
}

// why says what puts a request into its tier.
func (p *planner) why(r request.Request, effect spec.Effect) string {
	o := p.contract.Match(r.Method, r.Path)
	documented := o != nil && o.Method == r.Method
	switch {
	case effect == spec.Charges && documented:
		return "charges a card if it is accepted"
	case effect == spec.Charges:
		return "not documented: a broken target may take it for a payment"
	case effect == spec.Writes && documented:
		return "changes the target if it is accepted"
	case effect == spec.Writes:
		return "not documented: a broken target may change something"
	case documented:
		return "reads"
	}
	return "the method is safe (RFC 9110 section 9.2.1)"
}

// merge adds the counts of a rehearsal.
func (p *planner) merge(first bool) {
	for key, n := range p.counts {
		line := p.lines[key]
		if line == nil {
			line = &reporters.PlanLine{Method: key.method, Path: key.path, Other: key.other, Why: key.why, Least: n, Most: n}
			if !first {
				line.Least = 0
			}
			p.lines[key] = line
			continue
		}
		line.Least, line.Most = min(line.Least, n), max(line.Most, n)
	}
	for key, line := range p.lines {
		if p.counts[key] == 0 {
			line.Least = 0
		}
	}
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
		safety env.Safety
		effect spec.Effect
	}{{env.ReadOnly, spec.Reads}, {env.Write, spec.Writes}, {env.Pay, spec.Charges}} {
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

// inBoth keeps the reasons of a that b has, with the lower number of specs: what
// only one customer cannot show is not skipped for want of something.
func inBoth(a, b []reporters.PlanSkip) (both []reporters.PlanSkip) {
	for _, x := range a {
		for _, y := range b {
			if x.Code == y.Code && x.Reason == y.Reason {
				x.Specs = min(x.Specs, y.Specs)
				both = append(both, x)
			}
		}
	}
	return both
}

// planSkips are the reasons for which specs would send nothing.
func planSkips(run *reporters.Run) (list []reporters.PlanSkip) {
	specs := map[reporters.Skip]int{}
	for _, s := range run.Specs {
		if s.Outcome == reporters.Skipped && s.Skip != nil {
			specs[*s.Skip]++
		}
	}
	for skip, n := range specs {
		list = append(list, reporters.PlanSkip{Code: skip.Code, Reason: skip.Reason, Specs: n})
	}
	slices.SortFunc(list, func(a, b reporters.PlanSkip) int {
		return cmp.Or(cmp.Compare(b.Specs, a.Specs), cmp.Compare(a.Reason, b.Reason))
	})
	return list
}

// sources says of every datum that the document asks for where it comes from.
func (p *planner) sources(e *env.Env) (list []reporters.PlanDatum) {
	c := p.cfg
	given := map[string]string{"accountId": c.AccountID, "addonId": c.AddonID, "invoiceId": c.InvoiceID, "cardId": c.CardID}
	for _, name := range dataOf(p.contract) {
		d := reporters.PlanDatum{Name: name}
		switch {
		case c.BaseURL == "":
			d.From = "the embedded reference server"
		case given[name] != "":
			d.From = "given"
		case e.Data[name] != "":
			d.From = "discovered by the first reads, depends on their answers"
		default:
			d.From = "missing: " + e.WhyMissing(name)
		}
		list = append(list, d)
	}
	return list
}

// dataOf are the names of the data that the document asks for, sorted.
func dataOf(c *spec.Contract) []string {
	names := map[string]bool{}
	for _, o := range c.Operations() {
		for _, parameter := range o.Parameters {
			names[parameter.Data] = true
		}
		if o.Body == nil {
			continue
		}
		for _, m := range o.Body.Members {
			names[m.Data] = true
		}
	}
	delete(names, "")
	return slices.Sorted(maps.Keys(names))
}
