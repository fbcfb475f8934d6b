package suites

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/internal/embedded"
)

// TestProcs: several processes find the same as one at a faulty target, and report their
// progress.
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
		cfg := embedded.At(target.URL, reference).Configure(fast())
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

// shape returns what must not depend on order and processes.
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

// TestBriefRunStartsNoProcesses: what is over sooner than processes have started is done in
// this one.
func TestBriefRunStartsNoProcesses(t *testing.T) {
	opt := options(t)
	opt.Executable, opt.Brief = "no/such/program", time.Hour
	cfg := fast()
	cfg.Procs = 2
	run, err := Run(t.Context(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	if run.Verdict == reporters.NonConformant {
		t.Errorf("verdict %s, want that of the embedded server", run.Verdict)
	}
}

// TestProcsKeepToLimits: at a target that accepts everything, processes together create
// no more than the run may, and the result lists all of it.
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
	cfg := embedded.At(target.URL, reference).Configure(fast())
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

// Variables of a process that is to be killed: its role and number, a URL that responds
// when it is time, and how many specs it must be running then.
const (
	victimVariable = "CONFORMANCE_TEST_VICTIM"
	deathVariable  = "CONFORMANCE_TEST_DEATH"
	busyVariable   = "CONFORMANCE_TEST_BUSY"
)

func victimName() string {
	return os.Getenv("CONFORMANCE_PROCESS_ROLE") + os.Getenv("CONFORMANCE_PROCESS_NUMBER")
}

// dieWhenTold makes a process of a run with several kill itself, as the system does when
// memory is exhausted.
func dieWhenTold() {
	url := os.Getenv(deathVariable)
	if url == "" || os.Getenv(victimVariable) != victimName() {
		return
	}
	go func() {
		_, _ = http.Get(url) // does not return before this process dies
		for os.Getenv(busyVariable) != "" && !busy() {
			runtime.Gosched()
		}
		if p, err := os.FindProcess(os.Getpid()); err == nil {
			_ = p.Kill()
		}
	}()
}

// busy reports whether this process is running a few specs.
func busy() bool {
	const few = 4
	number, _ := strconv.Atoi(os.Getenv("CONFORMANCE_PROCESS_NUMBER"))
	said, _ := os.ReadFile(filepath.Join(os.Getenv("CONFORMANCE_PROCESS_DIR"), fmt.Sprintf("process-%d.events", number)))
	return strings.Count(string(said), `{"Start":`)-strings.Count(string(said), `{"Done":`) >= few
}

// TestProcessDies: a killed process is reported as such, finished specs are reported,
// created resources are listed, and unfinished specs say so.
func TestProcessDies(t *testing.T) {
	for _, test := range []struct{ victim, want string }{
		{"worker2", `^process 2 of 3 was killed \(.+\) while ".+" (and .+ )?ran: the result covers the specs that were finished$`},
		{"keeper", `^the process that looks after the others was killed \(.+\) while ".+" (and .+ )?ran: the result covers`},
	} {
		t.Run(test.victim, func(t *testing.T) {
			if test.victim != "keeper" {
				t.Setenv(busyVariable, "yes")
			}
			run, err := runWithDeath(t, test.victim, 600)
			if !errors.Is(err, ErrProcess) || run == nil {
				t.Fatalf("result %v, error %v, want both", run != nil, err)
			}
			if !regexp.MustCompile(test.want).MatchString(err.Error()) {
				t.Errorf("error %q, want %s", err, test.want)
			}
			if !slices.Contains(run.Notices, err.Error()) {
				t.Errorf("the report does not say why it is not whole: %q", run.Notices)
			}
			if run.Verdict != reporters.Partial || run.Interrupted {
				t.Errorf("verdict %s, interrupted %v, want partial", run.Verdict, run.Interrupted)
			}
			ran, during, before := 0, 0, 0
			for _, s := range run.Specs {
				switch {
				case s.Skip == nil || s.Skip.Code != reporters.SkipUnfinished:
					ran++
				case strings.Contains(s.Skip.Reason, "this spec could not finish: "):
					during++
				case strings.Contains(s.Skip.Reason, "before this spec"):
					before++
				}
			}
			if ran < 20 || during == 0 || before == 0 || ran+during+before != len(run.Specs) {
				t.Errorf("%d specs ran, %d were running, %d had not begun, of %d", ran, during, before, len(run.Specs))
			}
		})
	}
}

// TestProcessDiesAtOnce: the same for a process that is killed before it has done
// anything.
func TestProcessDiesAtOnce(t *testing.T) {
	run, err := runWithDeath(t, "worker1", 0)
	if !errors.Is(err, ErrProcess) || run == nil || !strings.HasPrefix(err.Error(), "process 1 of 3 was killed (") {
		t.Fatalf("result %v, error %v", run != nil, err)
	}
}

// TestProcessDiesAfterAnOrder: resources that a killed process has created, or may have
// created, are listed.
func TestProcessDiesAfterAnOrder(t *testing.T) {
	run, err := runWithDeath(t, "worker1", -1)
	if !errors.Is(err, ErrProcess) || run == nil {
		t.Fatalf("result %v, error %v", run != nil, err)
	}
	var sure, unsure int
	for _, c := range run.Created {
		switch {
		case c.What == "order" && c.Unsure == "":
			sure++
		case c.What == "order" && strings.Contains(c.Unsure, "process 1 of 3 was killed"):
			unsure++
			if strings.Contains(c.Spec, " of 0") {
				t.Errorf("made by %q", c.Spec)
			}
		}
	}
	if sure != 2 || unsure != 1 {
		t.Errorf("%d orders and %d that may have been made are listed, want 2 and 1: %+v", sure, unsure, run.Created)
	}
}

// runWithDeath is a run with three processes, of which one dies after the number of
// requests, or while its third successful order is pending.
func runWithDeath(t *testing.T, victim string, requests int) (*reporters.Run, error) {
	t.Helper()
	opt := options(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	opt.Executable = exe
	server, err := refserver.New(refserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	due, dead := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var sent, orders atomic.Int32
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := sent.Add(1); requests >= 0 && int(n) >= requests {
			once.Do(func() { close(due) })
			if requests > 0 {
				<-dead // no spec ends meanwhile
			}
		}
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, r)
		if requests < 0 && answer.Code == http.StatusCreated && orders.Add(1) == 3 {
			_, _ = io.Copy(io.Discard, r.Body)
			once.Do(func() { close(due) })
			<-r.Context().Done()
			return
		}
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
	}))
	defer target.Close()
	reaper := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-due
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		close(dead)
	}))
	defer reaper.Close()
	t.Setenv(victimVariable, victim)
	t.Setenv(deathVariable, reaper.URL)
	cfg := embedded.At(target.URL, server).Configure(fast())
	cfg.Procs = 3
	defer once.Do(func() { close(due) }) // for a run that ended before
	return Run(t.Context(), cfg, opt)
}
