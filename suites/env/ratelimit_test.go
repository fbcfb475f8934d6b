package env

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/request"
)

func TestRetryAfter(t *testing.T) {
	const date = "Mon, 27 Apr 2026 12:00:00 GMT"
	for _, test := range []struct {
		name   string
		header http.Header
		body   string
		wait   time.Duration
		told   bool
	}{
		{"seconds", http.Header{"Retry-After": {"30"}}, "", 30 * time.Second, true},
		{"none left", http.Header{"Retry-After": {"0"}}, "", 0, true},
		{"date of the target's clock", http.Header{"Retry-After": {"Mon, 27 Apr 2026 12:00:07 GMT"}, "Date": {date}}, "", 7 * time.Second, true},
		{"date that is over", http.Header{"Retry-After": {"Mon, 27 Apr 2026 11:59:00 GMT"}, "Date": {date}}, "", 0, false},
		{"negative", http.Header{"Retry-After": {"-1"}}, "", 0, false},
		{"fraction", http.Header{"Retry-After": {"0.5"}}, "", 0, false},
		{"unit", http.Header{"Retry-After": {"5s"}}, "", 0, false},
		{"for ever", http.Header{"Retry-After": {"9223372036854775807"}}, "", 100_000 * time.Hour, true},
		{"nothing", http.Header{}, "", 0, false},
		{"reset", http.Header{"X-Ratelimit-Reset": {"2026-04-27T12:00:09.000Z"}, "Date": {date}}, "", 9 * time.Second, true},
		{"reset in the past", http.Header{"X-Ratelimit-Reset": {"2026-04-27T11:00:00Z"}, "Date": {date}}, "", 0, false},
		{"reset as epoch", http.Header{"X-Ratelimit-Reset": {"1777291230"}, "Date": {date}}, "", 0, false},
		{"seconds win over reset", http.Header{"Retry-After": {"2"}, "X-Ratelimit-Reset": {"2026-04-27T12:00:09Z"}, "Date": {date}}, "", 2 * time.Second, true},
		{"v1 body", http.Header{}, `{"error":"x","retryAfter":4}`, 4 * time.Second, true},
		{"v1 body, text", http.Header{}, `{"error":"x","retryAfter":"5"}`, 5 * time.Second, true},
		{"no JSON", http.Header{}, `<html>`, 0, false},
	} {
		wait, told := retryAfter(&spec.Response{Header: test.header, Body: []byte(test.body), Received: time.Now()})
		if wait != test.wait || told != test.told {
			t.Errorf("%s: %v, told %v, want %v, %v", test.name, wait, told, test.wait, test.told)
		}
	}
}

// limited returns the documented 429 response to an order.
func limited() spec.Exchange {
	return spec.Exchange{
		Operation: "orderStorageAddon",
		Request:   spec.Request{Method: "POST", URL: &url.URL{Scheme: "https", Host: "api.test", Path: "/api/v2/shared-hosting/acct_1/addons/storage"}},
		Response: &spec.Response{
			Status: 429, Length: -1, Received: time.Now(), Proto: "HTTP/1.1",
			Header: http.Header{
				"Content-Type": {"application/problem+json"}, "Retry-After": {"0"}, "X-Ratelimit-Limit": {"5"}, "X-Ratelimit-Remaining": {"0"},
				"X-Ratelimit-Reset": {time.Now().UTC().Add(time.Second).Format("2006-01-02T15:04:05.000Z")},
			},
			Body: []byte(`{"type":"https://developer.hostup.se/errors/rate_limited","title":"Rate limit exceeded","status":429,"detail":"Too many requests.",` +
				`"code":"rate_limited","instance":"/api/v2/shared-hosting/acct_1/addons/storage","requestId":"2121ae20-bd9d-41e9-aeeb-5dd1dd1a24ba","timestamp":"2026-04-27T12:00:00.000Z"}`),
		},
	}
}

// TestWaitOutRefuses: a request that may have been carried out is not repeated, and the
// budget is kept; every reason is one sentence that says what to do.
func TestWaitOutRefuses(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	page := func(ex *spec.Exchange) {
		ex.Response.Body = []byte("<html>429</html>")
		ex.Response.Header.Set("Content-Type", "text/html")
	}
	for _, test := range []struct {
		name   string
		ctx    context.Context
		effect spec.Effect
		change func(*spec.Exchange)
		waits  Waits
		want   string // a prefix; the interrupted ones waited
	}{
		{"a payment", over, spec.Charges, func(*spec.Exchange) {}, Waits{}, "a payment was answered with 429, and is not sent again"},
		{"an order", over, spec.Writes, func(*spec.Exchange) {}, Waits{}, "interrupted while waiting"},
		{"an order that meets a page of a proxy", over, spec.Writes, page, Waits{}, "a request that changes the target was answered with a 429 that is not the documented one"},
		{"an order without Retry-After", over, spec.Writes, func(ex *spec.Exchange) { ex.Response.Header.Del("Retry-After") }, Waits{}, "a request that changes the target was answered with a 429 that is not"},
		{"a change that is not documented", over, spec.Writes, func(ex *spec.Exchange) { ex.Request.Method = "PUT" }, Waits{}, "a request that changes the target was answered with a 429 that is not"},
		{"a read that meets a page of a proxy", over, spec.Reads, page, Waits{}, "interrupted while waiting"},
		{"a read", over, spec.Reads, func(*spec.Exchange) {}, Waits{}, "interrupted while waiting"},
		{"the sixth time", over, spec.Reads, func(*spec.Exchange) {}, Waits{n: patience}, "the target limited a request 6 times in a row: send fewer with --rps"},
		{"longer than the budget", t.Context(), spec.Reads, func(ex *spec.Exchange) { ex.Response.Header.Set("Retry-After", "3600") }, Waits{},
			"the target limits the rate of requests and asks to wait 1h0m0s, and of the budget for waiting 1m0s are left: send fewer with --rps, or wait longer with --rate-limit-budget"},
	} {
		e := New(contract, settings.Default(), nil, 1)
		ex := limited()
		test.change(&ex)
		if got := e.WaitOut(test.ctx, &test.waits, ex, request.Request{Effect: test.effect}); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestRepeatsWhatIsIdempotent: a documented PUT or DELETE is sent again after any 429, a POST
// only after a documented one.
func TestRepeatsWhatIsIdempotent(t *testing.T) {
	done := "{responses: {\"204\": {description: done}}}"
	contract, err := packs.LoadText("api.yaml", []byte("openapi: 3.1.0\ninfo: {title: a, version: \"1\"}\npaths:\n  /a: {put: "+done+", delete: "+done+", post: "+done+", patch: "+done+"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for method, want := range map[string]string{
		"PUT": "interrupted while waiting", "DELETE": "interrupted while waiting",
		"POST": "a request that changes the target", "PATCH": "a request that changes the target",
	} {
		ex := limited()
		ex.Request.Method, ex.Request.URL = method, &url.URL{Scheme: "http", Host: "127.0.0.1", Path: "/a"}
		if got := New(contract, settings.Default(), nil, 1).WaitOut(over, &Waits{}, ex, request.Request{Effect: spec.Writes}); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", method, got, want)
		}
	}
}

// TestBudgetIsSpentOnce: concurrent waits count once.
func TestBudgetIsSpentOnce(t *testing.T) {
	cfg := settings.Default()
	cfg.RateLimitBudget = 3 * time.Second
	e := &Env{Config: cfg, budget: cfg.RateLimitBudget}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, ok := e.spend(time.Second); !ok {
				t.Error("the budget is spent")
			}
		})
	}
	all.Wait()
	if e.budget < cfg.RateLimitBudget-1500*time.Millisecond || e.budget >= cfg.RateLimitBudget {
		t.Errorf("%v of %v are left after one wait of a second", e.budget, cfg.RateLimitBudget)
	}
	if left, ok := e.spend(time.Minute); ok || left != e.budget {
		t.Errorf("%v left, ok %v", left, ok)
	}
}

func TestWaitsKept(t *testing.T) {
	for _, test := range []struct {
		waits Waits
		want  bool
	}{
		{Waits{n: patience}, true},
		{Waits{n: patience - 1}, false},
		{Waits{n: patience, guessed: true}, false}, // no time was stated
	} {
		if test.waits.Kept() != test.want {
			t.Errorf("%+v: %v", test.waits, !test.want)
		}
	}
}
