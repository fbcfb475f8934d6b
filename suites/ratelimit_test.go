package suites

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/embedded"
)

// runAt runs the selected specs against a reference server behind a handler.
func runAt(t *testing.T, config refserver.Config, filter string, wrap func(http.Handler) http.Handler, change func(*config.Config)) *reporters.Run {
	t.Helper()
	opt := options(t)
	server, err := refserver.New(config)
	if err != nil {
		t.Fatal(err)
	}
	target := httptest.NewServer(wrap(server))
	defer target.Close()
	cfg := embedded.At(target.URL, server).Configure(fast())
	cfg.LabelFilter, cfg.Settle = filter, 0
	change(&cfg)
	run, err := Run(t.Context(), cfg, opt)
	if run == nil {
		t.Fatal(err)
	}
	return run
}

// skipReasons returns the distinct reasons of skipped specs, with counts.
func skipReasons(run *reporters.Run) map[string]int {
	reasons := map[string]int{}
	for _, s := range run.Specs {
		if s.Skip != nil {
			reasons[s.Skip.Reason]++
		}
	}
	return reasons
}

// TestRunAtALimitedTarget: a 429 may come at any time, during set-up or a spec, for a
// read or an order. The run waits, and the result is the same as without it.
func TestRunAtALimitedTarget(t *testing.T) {
	var limited atomic.Int32
	run := runAt(t, refserver.Config{RateLimit: refserver.Limit{Requests: 30, Window: time.Second}},
		"listCards && MUST || ORD-CREATE-001 || ORD-PAYMETHOD-001",
		func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				answer := httptest.NewRecorder()
				next.ServeHTTP(answer, r)
				if answer.Code == http.StatusTooManyRequests {
					limited.Add(1)
				}
				for name, values := range answer.Header() {
					w.Header()[name] = values
				}
				w.WriteHeader(answer.Code)
				w.Write(answer.Body.Bytes())
			})
		}, func(*config.Config) {})
	if limited.Load() == 0 {
		t.Fatal("the target limited nothing")
	}
	if len(run.Findings) > 0 {
		t.Errorf("findings: %+v", run.Findings[0].First)
	}
	if reasons := skipReasons(run); len(reasons) > 0 {
		t.Errorf("skipped: %v", reasons)
	}
	t.Logf("%d answers of 429", limited.Load())
}

// tooMany answers with 429 to the requests that only selects.
func tooMany(next http.Handler, only func(*http.Request) bool, count *atomic.Int32) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !only(r) {
			next.ServeHTTP(w, r)
			return
		}
		count.Add(1)
		now := time.Now().UTC()
		w.Header().Set("Retry-After", "3600")
		w.Header().Set("X-RateLimit-Limit", "60")
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", now.Add(time.Hour).Format("2006-01-02T15:04:05.000Z"))
		if strings.HasPrefix(r.URL.Path, "/api/v2/") {
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprintf(w, `{"type":"https://developer.hostup.se/errors/rate_limited","title":"Rate limit exceeded","status":429,"detail":"Too many requests.",`+
				`"code":"rate_limited","instance":%q,"requestId":"req_%d","timestamp":%q}`, r.URL.Path, now.UnixNano(), now.Format("2006-01-02T15:04:05.000Z"))
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusTooManyRequests)
		fmt.Fprintf(w, `{"error":"Too many requests","message":"Retry later.","retryAfter":"3600","requestId":%q}`, uuid.NewString())
	})
}

// TestPaymentIsNotRepeatedAfter429: the valid payment is sent twice at once, like two
// clicks, and never again; nothing says that it was refused for good.
func TestPaymentIsNotRepeatedAfter429(t *testing.T) {
	var posts atomic.Int32
	// The request that checks whether the operation exists names an unknown invoice.
	pays := func(r *http.Request) bool {
		if r.Method != http.MethodPost || r.URL.Path != "/api/billing/pay" {
			return false
		}
		body, err := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		return err == nil && bytes.Contains(body, []byte("49332"))
	}
	run := runAt(t, refserver.Config{}, "PAY-OK-001",
		func(next http.Handler) http.Handler { return tooMany(next, pays, &posts) }, func(*config.Config) {})
	if posts.Load() != 2 {
		t.Errorf("%d payments were sent, want the two of one moment", posts.Load())
	}
	for _, g := range run.Findings {
		t.Errorf("finding: %+v", g.First)
	}
	const want = "a payment was answered with 429, and is not sent again as it may have been made: send fewer requests with --rps"
	if reasons := skipReasons(run); len(reasons) != 1 || reasons[want] == 0 {
		t.Errorf("skipped because of %v, want %q", reasons, want)
	}
}

// TestRunAtAnExhaustedTarget: the run does not wait for an hour, and one reason says so.
func TestRunAtAnExhaustedTarget(t *testing.T) {
	var posts atomic.Int32
	run := runAt(t, refserver.Config{}, "listCards && MUST",
		func(next http.Handler) http.Handler {
			return tooMany(next, func(r *http.Request) bool { return r.Header.Get("Authorization") != "" }, &posts)
		},
		func(c *config.Config) { c.RateLimitBudget = 2 * time.Second })
	n := 0
	for reason, specs := range skipReasons(run) {
		if strings.HasPrefix(reason, "the target limits the rate of requests and asks to wait 1h0m0s, and of the budget for waiting 2s are left") {
			n = specs
		}
	}
	if n < 10 {
		t.Errorf("%d specs are skipped for the budget: %v", n, skipReasons(run))
	}
	for _, g := range run.Findings {
		t.Errorf("finding: %+v", g.First)
	}
}
