package suites

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/text"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/internal/embedded"
)

var contract = sync.OnceValues(packs.Default)

func options(t *testing.T) Options {
	t.Helper()
	alone(t)
	c, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Contract: c}
}

// fast returns the default configuration without the burst, which takes seconds.
func fast() config.Config {
	cfg := settings.Default()
	cfg.Safety = config.Pay
	cfg.Burst = -1
	return cfg
}

func TestRunEmbedded(t *testing.T) {
	opt := options(t)
	var total, started, done int
	opt.OnTotal = func(n int) { total = n }
	opt.OnStart = func(string) { started++ }
	opt.OnDone = func(string, reporters.Outcome) { done++ }
	cfg := settings.Default()
	cfg.Safety = config.Pay
	cfg.Strict = true
	run, err := Run(t.Context(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	if run.Verdict != reporters.Conformant {
		var summary strings.Builder
		text.Write(&summary, run, text.Options{})
		t.Errorf("verdict %s, want conformant\n%s", run.Verdict, summary.String())
	}
	if !run.Target.Embedded || run.Settings.Seed == 0 || run.Settings.Safety != "pay" {
		t.Errorf("target %+v, settings %+v", run.Target, run.Settings)
	}
	if total != len(run.Specs) || started != total-1 || done != total {
		t.Errorf("%d specs in the result (one is set-up), progress: total %d, %d started, %d done", len(run.Specs), total, started, done)
	}
}

// TestRunTwice: the same seed gives the same result, a run leaves nothing behind for the
// next one, and nothing is printed.
func TestRunTwice(t *testing.T) {
	opt := options(t)
	printed := capture(t, func() {
		var shapes []string
		for range 2 {
			cfg := fast()
			cfg.Seed = 7
			run, err := Run(t.Context(), cfg, opt)
			if err != nil {
				t.Error(err)
				return
			}
			var shape []string
			for _, s := range run.Specs {
				shape = append(shape, s.Name+" "+string(s.Outcome))
			}
			shapes = append(shapes, strings.Join(shape, "\n"))
		}
		if shapes[0] != shapes[1] {
			t.Errorf("two runs with one seed differ")
		}
	})
	if printed != "" {
		t.Errorf("printed %q", printed)
	}
}

// capture returns what f writes to standard output and standard error.
func capture(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	text := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		text <- string(b)
	}()
	out, errs := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = w, w
	defer func() { os.Stdout, os.Stderr = out, errs }()
	f()
	w.Close()
	return <-text
}

func TestRunRefuses(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close() // nothing listens there now

	tests := map[string]struct {
		change func(*config.Config)
		is     error // nil means a config.Error
		want   string
	}{
		"unreachable":       {func(c *config.Config) { c.BaseURL, c.NoKey = "http://"+free.Addr().String(), true }, ErrUnreachable, "connection refused"},
		"no document":       {func(c *config.Config) { c.Spec = "no/such.yaml" }, ErrDocument, "no/such.yaml"},
		"filter is none":    {func(c *config.Config) { c.LabelFilter = "(a" }, nil, `"(a" is not a label filter`},
		"filter selects no": {func(c *config.Config) { c.LabelFilter = "nonesuch" }, ErrNothingTested, `"nonesuch" selects no spec`},
		"no key":            {func(c *config.Config) { c.BaseURL, c.LabelFilter = "http://"+free.Addr().String(), "listCards" }, nil, "HOSTUP_API_KEY is not set: "},
		"no such operation": {func(c *config.Config) { c.Operation = "GET /nope" }, nil, `the document has no operation "GET /nope"`},
		"processes":         {func(c *config.Config) { c.Procs = 2 }, nil, "procs"},
		"pay unconfirmed":   {func(c *config.Config) { c.BaseURL = "https://api.example.com" }, nil, "--confirm-host"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			opt := options(t)
			cfg := fast()
			test.change(&cfg)
			if cfg.Spec != "" {
				opt.Contract = nil
			}
			run, err := Run(t.Context(), cfg, opt)
			if run != nil || err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("run %v, error %v, want one line with %q", run, err, test.want)
			}
			if config := (*config.Error)(nil); errors.As(err, &config) != (test.is == nil) || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("error is a %T of kind %v, want %v", err, errors.Unwrap(err), test.is)
			}
		})
	}
}

// TestRunSkipsAll: without keys hardly anything can be tested, and the filter here
// selects only the rest.
func TestRunSkipsAll(t *testing.T) {
	opt := options(t)
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	cfg := fast()
	cfg.BaseURL, cfg.Safety, cfg.LabelFilter = server.URL, config.ReadOnly, "PAY-TWICE-001"
	cfg.KeepGoing = true
	run, err := Run(t.Context(), cfg, opt)
	if !errors.Is(err, ErrNothingTested) || run == nil {
		t.Fatalf("run %v, error %v, want a result and ErrNothingTested", run, err)
	}
}

// TestRunWithFewScopes: a supporting read that refuses the key is not a fault of the
// target; the report says which scope the key needs.
func TestRunWithFewScopes(t *testing.T) {
	server, err := refserver.New(refserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	target := httptest.NewServer(server)
	defer target.Close()
	cfg := embedded.At(target.URL, server).Configure(fast())
	cfg.Safety = config.ReadOnly
	cfg.Give("api-key", cfg.Get("readonly-api-key"))
	for _, key := range []string{"readonly-api-key", "account-id", "session"} {
		cfg.Give(key, "")
	}
	run, err := Run(t.Context(), cfg, options(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Findings) > 0 || run.Verdict != reporters.Partial {
		t.Errorf("verdict %s with %d findings, want a partial one without: %+v", run.Verdict, len(run.Findings), run.Findings)
	}
	const want = "give HOSTUP_API_KEY the scope read:hosting"
	if !slices.ContainsFunc(run.Specs, func(r reporters.SpecResult) bool { return r.Skip != nil && strings.Contains(r.Skip.Reason, want) }) {
		t.Errorf("no spec is skipped with %q", want)
	}
}

func TestRunInterrupted(t *testing.T) {
	opt := options(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	server, err := refserver.New(refserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	var reached atomic.Bool
	hang := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if reached.Load() {
			cancel()
			_, _ = io.Copy(io.Discard, r.Body) // otherwise net/http does not notice that the client is gone
			<-r.Context().Done()
			return
		}
		server.ServeHTTP(w, r)
	})
	target := httptest.NewServer(hang)
	defer target.Close()
	reference := embedded.At(target.URL, server)
	opt.OnStart = func(string) { reached.Store(true) }
	run, err := Run(ctx, reference.Configure(fast()), opt)
	if err != nil {
		t.Fatal(err)
	}
	if !run.Interrupted || run.Verdict != reporters.Partial {
		t.Errorf("interrupted %v, verdict %s, want a partial verdict of an interrupted run", run.Interrupted, run.Verdict)
	}
	if len(run.Findings) > 0 {
		t.Errorf("findings of an interrupted spec: %+v", run.Findings[0].First)
	}
	skipped := slices.IndexFunc(run.Specs, func(s reporters.SpecResult) bool {
		return s.Skip != nil && s.Skip.Code == reporters.SkipInterrupted && strings.Contains(s.Skip.Reason, "before this spec")
	})
	if skipped < 0 {
		t.Errorf("no spec says that the run was interrupted before it")
	}
	var buf strings.Builder
	if err := json.NewEncoder(&buf).Encode(run); err != nil || strings.Contains(buf.String(), server.Credentials().APIKey) {
		t.Errorf("the result holds the key, or is no JSON: %v", err)
	}
}
