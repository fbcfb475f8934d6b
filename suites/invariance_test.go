package suites

import (
	"maps"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/embedded"
)

// broken are faults that one server has together, in reads, orders and payments; some
// appear only in some responses, some are met by several specs.
var broken = []string{
	"problem-type-hyphen", "envelope-request-id-hex", "card-year-two-digits", "activity-invoice-id-bare", "head-401",
	"media-invoice-form", "order-body-array-500", "page-wrong-500", "pay-booked-as-other",
}

// faulty returns a server with all of them.
func faulty(t *testing.T) *refserver.Server {
	t.Helper()
	c := refserver.Config{Rules: refserver.DefaultRules()}
	for _, id := range broken {
		f, ok := faults.Find(id)
		if !ok {
			t.Fatalf("no fault %s", id)
		}
		f.Apply(&c)
	}
	server, err := refserver.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// at runs against a server that keeps running.
func at(t *testing.T, server *refserver.Server, opt Options, change func(*config.Config)) *reporters.Run {
	t.Helper()
	target := httptest.NewServer(server)
	defer target.Close()
	cfg := embedded.At(target.URL, server).Configure(fast())
	cfg.Strict = true
	change(&cfg)
	run, err := Run(t.Context(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// A judgement is what a run says about its target, without counts, which may depend on
// the order.
type judgement struct {
	Verdict      reporters.Verdict
	Findings     []string            // signatures
	Requirements map[string][]string // id -> outcome and signatures
	Specs        map[string]string   // name -> outcome, or the reason of a skip
}

func judged(run *reporters.Run) judgement {
	j := judgement{Verdict: run.Verdict, Requirements: map[string][]string{}, Specs: map[string]string{}}
	for _, g := range run.Findings {
		j.Findings = append(j.Findings, g.Signature)
	}
	slices.Sort(j.Findings)
	for _, r := range run.Requirements {
		j.Requirements[r.ID] = append([]string{string(r.Outcome)}, slices.Sorted(slices.Values(r.Signatures))...)
	}
	for _, s := range run.Specs {
		j.Specs[s.Name] = string(s.Outcome)
		if s.Skip != nil {
			j.Specs[s.Name] += ": " + s.Skip.Reason
		}
	}
	return j
}

// TestSameInAnyOrder: the findings do not depend on the order of the specs, their
// concurrency, or the number of processes.
func TestSameInAnyOrder(t *testing.T) {
	opt := options(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	first := judged(at(t, faulty(t), opt, func(c *config.Config) { c.Seed, c.Concurrency = 1, 1 }))
	if len(first.Findings) < len(broken) {
		t.Errorf("%d findings at a server with %d faults: %q", len(first.Findings), len(broken), first.Findings)
	}
	for _, test := range []struct {
		seed               int64
		concurrency, procs int
	}{{2, 1, 1}, {1, 2, 1}, {NewSeed(), 16, 1}, {NewSeed(), 64, 1}, {1, 1, 2}, {NewSeed(), 16, 2}, {NewSeed(), 4, 3}} {
		opt := opt
		opt.Executable = exe
		other := judged(at(t, faulty(t), opt, func(c *config.Config) {
			c.Seed, c.Concurrency, c.Procs = test.seed, test.concurrency, test.procs
		}))
		if diff := cmp.Diff(first, other); diff != "" {
			t.Errorf("one spec at a time with seed 1, and %d in each of %d processes with seed %d differ (-first +other):\n%s", test.concurrency, test.procs, test.seed, diff)
		}
	}
}

// TestSubset: a spec finds the same about its own requirements alone and among all
// others; anything else that it finds is found by all of them, too. Which spec meets a
// finding that several could meet, such as the response to the one payment, depends on
// the order.
func TestSubset(t *testing.T) {
	opt := options(t)
	whole := at(t, faulty(t), opt, func(*config.Config) {})
	for _, filter := range []string{"listBillingActivity", "PAY-METHOD-001 || PAY-OK-001", "listCards && MUST", "orderStorageAddon && !HTTP-ROBUST-001", "HTTP-HEAD-001", "!MUST"} {
		part := at(t, faulty(t), opt, func(c *config.Config) { c.LabelFilter = filter })
		if len(part.Specs) < 3 || len(part.Specs) == len(whole.Specs) {
			t.Errorf("%s: selects %d of %d specs", filter, len(part.Specs), len(whole.Specs))
		}
		want, alone := own(whole), own(part)
		maps.DeleteFunc(want, func(name string, _ []string) bool { _, ok := alone[name]; return !ok })
		if diff := cmp.Diff(want, alone); diff != "" {
			t.Errorf("%s: what specs found in the whole run and alone differs (-whole +alone):\n%s", filter, diff)
		}
		all := judged(whole).Findings
		for _, signature := range judged(part).Findings {
			if !slices.Contains(all, signature) {
				t.Errorf("%s: the whole run did not find %s", filter, signature)
			}
		}
	}
}

// own returns the findings of each spec about its own requirements, or the reason if it
// met nothing and was skipped.
func own(run *reporters.Run) map[string][]string {
	specs := map[string][]string{}
	for _, s := range run.Specs {
		specs[s.Name] = []string{}
		met := false
		for _, g := range run.Findings {
			if !slices.Contains(g.Specs, s.Name) {
				continue
			}
			if met = true; slices.Contains(s.Requirements, g.First.Requirement) {
				specs[s.Name] = append(specs[s.Name], g.Signature)
			}
		}
		if s.Skip != nil && !met {
			specs[s.Name] = append(specs[s.Name], s.Skip.Reason)
		}
	}
	return specs
}

// TestSecondRun: what a run leaves at its target is not reported as a fault. The invoice
// is paid, so specs that need an unpaid one are skipped, and say which to give.
func TestSecondRun(t *testing.T) {
	for name, server := range map[string]func(t *testing.T) *refserver.Server{
		"clean": func(t *testing.T) *refserver.Server {
			server, err := refserver.New(refserver.Config{})
			if err != nil {
				t.Fatal(err)
			}
			return server
		},
		"faulty": faulty,
	} {
		t.Run(name, func(t *testing.T) {
			opt := options(t)
			server := server(t)
			first := judged(at(t, server, opt, func(*config.Config) {}))
			second := judged(at(t, server, opt, func(*config.Config) {}))
			skipped := 0
			for name, outcome := range second.Specs {
				if outcome == first.Specs[name] {
					continue
				}
				skipped++
				if want := "skipped: invoice " + server.Data().InvoiceID + " has the status Paid: set HOSTUP_INVOICE_ID to an unpaid one"; outcome != want {
					t.Errorf("%s\n  first run:  %s\n  second run: %s", name, first.Specs[name], outcome)
				}
			}
			if skipped == 0 {
				t.Error("the second run paid what the first one had paid")
			}
			// A fault that only a payment shows cannot be detected without one.
			first.Findings = slices.DeleteFunc(first.Findings, func(s string) bool {
				return strings.HasPrefix(s, "PAY-") && !slices.Contains(second.Findings, s)
			})
			if diff := cmp.Diff(first.Findings, second.Findings); diff != "" {
				t.Errorf("findings (-first +second):\n%s", diff)
			}
			if name == "clean" && len(second.Findings) > 0 {
				t.Errorf("findings at a server without faults: %q", second.Findings)
			}
		})
	}
}
