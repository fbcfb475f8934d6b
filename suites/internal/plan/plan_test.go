package plan

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/internal/embedded"
	"github.com/hostup/api-conformance/suites/internal/result"
	"github.com/hostup/api-conformance/suites/internal/run"
	"github.com/hostup/api-conformance/suites/request"
)

// TestPlanSendsNothing: a plan does not even connect to the target.
func TestPlanSendsNothing(t *testing.T) {
	opt := planOptions(t)
	var connections atomic.Int32
	target := httptest.NewUnstartedServer(http.NotFoundHandler())
	target.Listener = countingListener{target.Listener, &connections}
	target.Start()
	defer target.Close()
	cfg := planConfig()
	cfg.BaseURL = target.URL
	cfg.Give("api-key", "a key of the target")
	cfg.Give("invoice-id", "7")
	plan, err := Make(t.Context(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	if n := connections.Load(); n != 0 {
		t.Errorf("%d connections to the target", n)
	}
	for _, tier := range plan.Tiers {
		if _, most := tier.Count(); most == 0 {
			t.Errorf("no request needs the tier %s", tier.Safety)
		}
	}
}

// TestPlanIsKept: a run sends what its plan says, in every tier and selection.
func TestPlanIsKept(t *testing.T) {
	for name, change := range map[string]func(*config.Config){
		"everything": func(*config.Config) {},
		"write, and only an API key": func(c *config.Config) {
			c.Safety = config.Write
			for _, key := range []string{"readonly-api-key", "unscoped-api-key", "session", "account-id", "addon-id", "invoice-id", "declined-invoice-id"} {
				c.Give(key, "")
			}
		},
		"filter and profile": func(c *config.Config) { c.LabelFilter, c.Profile = "listBillingActivity && MUST", "static-mock" },
	} {
		t.Run(name, func(t *testing.T) {
			opt := planOptions(t)
			server, err := refserver.New(refserver.Config{})
			if err != nil {
				t.Fatal(err)
			}
			var mu sync.Mutex
			sent := map[string]int{}
			p := &planner{contract: opt.Contract}
			ids := p.pathData(embedded.At("", server).Configure(planConfig()))
			count := func(r request.Request, _ string) {
				path, other := p.template(ids, r.Path)
				if other {
					path = "other"
				}
				mu.Lock()
				defer mu.Unlock()
				sent[r.Method+" "+path]++
			}
			target := httptest.NewServer(server)
			defer target.Close()
			cfg := embedded.At(target.URL, server).Configure(planConfig())
			cfg.Seed = 3
			change(&cfg)
			plan, err := Make(t.Context(), cfg, opt)
			if err != nil {
				t.Fatal(err)
			}
			if len(sent) > 0 {
				t.Fatal("planning sent something")
			}
			s, err := run.Open(t.Context(), cfg, opt, run.Role{Process: 1, Preflight: true, OnSend: count})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			s.RunHere(t.Context())
			least, most := map[string]int{}, map[string]int{}
			for _, tier := range plan.Tiers {
				for _, l := range tier.Lines {
					path := l.Path
					if l.Other {
						path = "other"
					}
					least[l.Method+" "+path] += l.Least
					most[l.Method+" "+path] += l.Most
				}
			}
			for key := range most {
				if n := sent[key]; n < least[key] || n > most[key] {
					t.Errorf("%s: %d sent, %d to %d planned", key, n, least[key], most[key])
				}
			}
			for key, n := range sent {
				if most[key] == 0 {
					t.Errorf("%s: %d sent, none planned", key, n)
				}
			}
		})
	}
}

// TestPlanTiers: requests that a tier does not allow are not planned, and are listed as
// left out.
func TestPlanTiers(t *testing.T) {
	opt := planOptions(t)
	cfg := planConfig()
	cfg.BaseURL = "https://api.example.com"
	cfg.Give("api-key", "k")
	cfg.Give("invoice-id", "7")
	for _, safety := range []config.Safety{config.ReadOnly, config.Write} {
		cfg.Safety = safety
		plan, err := Make(t.Context(), cfg, opt)
		if err != nil {
			t.Fatal(err)
		}
		for i, tier := range plan.Tiers {
			if _, most := tier.Count(); (most > 0) != (i <= int(safety)) {
				t.Errorf("safety %v: %d requests of tier %s", safety, most, tier.Safety)
			}
		}
		if !strings.Contains(reasons(plan), "--safety pay") || strings.Contains(reasons(plan), "--safety write") != (safety == config.ReadOnly) {
			t.Errorf("safety %v, not sent:\n%s", safety, reasons(plan))
		}
	}
}

func reasons(p *reporters.Plan) string {
	var b strings.Builder
	for _, s := range p.Skipped {
		b.WriteString(s.Reason + "\n")
	}
	return b.String()
}

// TestPlanRefuses what a run refuses.
func TestPlanRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*config.Config)
		is     error
		want   string
	}{
		"no document":       {func(c *config.Config) { c.Spec = "no/such.yaml" }, result.ErrDocument, "no/such.yaml"},
		"filter is none":    {func(c *config.Config) { c.LabelFilter = "(a" }, nil, "is not a label filter"},
		"filter selects no": {func(c *config.Config) { c.LabelFilter = "nonesuch" }, result.ErrNothingTested, "selects no spec"},
		"pay unconfirmed":   {func(c *config.Config) { c.BaseURL = "https://api.example.com" }, nil, "--confirm-host"},
		"no certificates":   {func(c *config.Config) { c.BaseURL, c.CAFile = "http://127.0.0.1:1", filepath.Join("no", "such.pem") }, nil, "--ca-file"},
	} {
		t.Run(name, func(t *testing.T) {
			opt := planOptions(t)
			cfg := planConfig()
			if test.change(&cfg); cfg.Spec != "" {
				opt.Contract = nil
			}
			plan, err := Make(t.Context(), cfg, opt)
			if plan != nil || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("plan %v, error %v, want one with %q", plan, err, test.want)
			}
			if config := (*config.Error)(nil); errors.As(err, &config) != (test.is == nil) || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("error is a %T of kind %v, want %v", err, errors.Unwrap(err), test.is)
			}
		})
	}
}

// A countingListener counts the connections that it accepts.
type countingListener struct {
	net.Listener
	n *atomic.Int32
}

func (l countingListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err == nil {
		l.n.Add(1)
	}
	return c, err
}

func planOptions(t *testing.T) run.Options {
	t.Helper()
	c, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	return run.Options{Contract: c}
}

// planConfig is the default configuration without the burst, which takes seconds.
func planConfig() config.Config {
	cfg := settings.Default()
	cfg.Safety, cfg.Burst = config.Pay, -1
	return cfg
}
