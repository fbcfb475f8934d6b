//go:build unix

package suites

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
)

// TestProcs: several processes find what one finds, at a target that breaks the
// contract, and tell of their progress.
func TestProcs(t *testing.T) {
	opt := options(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	results := map[int]string{}
	for _, procs := range []int{1, 3} {
		opt := opt
		opt.Executable = exe
		var total, done int
		opt.OnTotal = func(n int) { total = n }
		opt.OnDone = func(string, reporters.Outcome) { done++ }
		reference, err := refserver.New(refserver.Config{})
		if err != nil {
			t.Fatal(err)
		}
		target := httptest.NewServer(cardsAsObject(reference))
		defer target.Close()
		cfg := (&Reference{URL: target.URL, server: reference}).Configure(fast())
		cfg.Procs = procs
		run, err := Run(t.Context(), cfg, opt)
		if err != nil {
			t.Fatalf("%d processes: %v", procs, err)
		}
		if total == 0 || done != total {
			t.Errorf("%d processes: %d of %d specs reported", procs, done, total)
		}
		if total != len(run.Specs) {
			t.Errorf("%d processes: %d specs were announced, the result has %d", procs, total, len(run.Specs))
		}
		results[procs] = shape(run)
	}
	if diff := cmp.Diff(strings.Split(results[1], "\n"), strings.Split(results[3], "\n")); diff != "" {
		t.Errorf("results of one process and of three differ (-one +three):\n%s", diff)
	}
}

// shape is what must not depend on order and processes.
func shape(run *reporters.Run) string {
	var b strings.Builder
	fmt.Fprintln(&b, run.Verdict)
	for _, g := range run.Findings {
		fmt.Fprintln(&b, g.Signature)
	}
	for _, s := range run.Specs {
		fmt.Fprintln(&b, s.Name, s.Outcome)
	}
	return b.String()
}

func cardsAsObject(server http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		if r.Method == http.MethodGet && r.URL.Path == "/api/v2/billing/cards" && answer.Code == http.StatusOK {
			w.Header().Del("Content-Length")
			fmt.Fprint(w, `{"cards":[]}`)
			return
		}
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
	})
}

func TestProcsProgramIsGone(t *testing.T) {
	opt := options(t)
	opt.Executable = "no/such/program"
	cfg := fast()
	cfg.Procs = 2
	if _, err := Run(t.Context(), cfg, opt); err == nil || !strings.Contains(err.Error(), "program") {
		t.Errorf("error %v, want one that names the program", err)
	}
}

// TestProcsKeepToLimits: at a target that accepts everything, processes together
// make no more than the run may, and the result lists all of it.
func TestProcsKeepToLimits(t *testing.T) {
	opt := options(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	opt.Executable = exe
	reference, err := refserver.New(refserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	var payments, orders atomic.Int32
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.Method != http.MethodPost:
			reference.ServeHTTP(w, r)
		case r.URL.Path == "/api/billing/pay":
			payments.Add(1)
			fmt.Fprint(w, `{"success":true,"message":"Function has been scheduled for execution"}`)
		default:
			n := orders.Add(1)
			w.WriteHeader(http.StatusCreated)
			fmt.Fprintf(w, `{"orderId":"ord_%d","invoiceId":"inv_%d"}`, n, n)
		}
	}))
	defer target.Close()
	cfg := (&Reference{URL: target.URL, server: reference}).Configure(fast())
	cfg.Procs, cfg.MaxPayments, cfg.MaxOrders, cfg.Settle = 3, 2, 5, 0
	run, err := Run(t.Context(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	if payments.Load() != 2 || orders.Load() != 5 {
		t.Errorf("%d payments and %d orders were accepted, want 2 and 5", payments.Load(), orders.Load())
	}
	made := map[string]int{}
	for _, c := range run.Created {
		made[c.What]++
	}
	if made["payment"] == 0 || made["order"]+made["change by POST"] != 5 {
		t.Errorf("listed as made: %v", made)
	}
	for _, flag := range []string{"--max-payments", "--max-orders"} {
		if !slices.ContainsFunc(run.Specs, func(s reporters.SpecResult) bool { return s.Skip != nil && strings.Contains(s.Skip.Reason, flag) }) {
			t.Errorf("no spec was skipped with a reason that names %s", flag)
		}
	}
}
