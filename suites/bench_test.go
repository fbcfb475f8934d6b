//go:build unix

package suites

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// BenchmarkRun is a whole run of the command against its embedded server, as users start
// it: duration, requests per second, and peak memory of its largest process, server
// included. It also measures runs with several processes, with a recording, and with the
// command in BENCH_OTHER, another build of this one. Compared runs take turns.
func BenchmarkRun(b *testing.B) {
	command := filepath.Join(b.TempDir(), "hostup-conformance")
	if out, err := exec.Command("go", "build", "-o", command, "./cmd/hostup-conformance").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	environ := slices.DeleteFunc(os.Environ(), func(s string) bool { return strings.HasPrefix(s, "HOSTUP_") })
	builds := []string{"this"}
	commands := map[string]string{"this": command, "other": os.Getenv("BENCH_OTHER")}
	if commands["other"] != "" {
		builds = append(builds, "other")
	}
	for _, way := range []string{"one", "procs=2", "har"} {
		for _, build := range builds {
			b.Run("way="+strings.ReplaceAll(way, "=", "")+"/build="+build, func(b *testing.B) {
				dir := b.TempDir()
				args := map[string][]string{"procs=2": {"--procs", "2"}, "har": {"--har", filepath.Join(dir, "run.har")}}[way]
				benchRun(b, environ, append([]string{commands[build], "run", "--report-dir", dir}, args...))
			})
		}
	}
}

func benchRun(b *testing.B, environ, args []string) {
	exchanges, peak, processor := 0, 0.0, time.Duration(0)
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), args[0], args[1:]...)
		cmd.Env = environ
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		exchanges += exchangesIn(b, filepath.Join(args[3], "report.json"))
		peak = max(peak, peakMemory(b, cmd.ProcessState))
		processor += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	b.ReportMetric(float64(exchanges)/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(peak, "peak-B")
	b.ReportMetric(float64(processor)/float64(b.N), "cpu-ns/op")
}

func exchangesIn(b *testing.B, report string) (n int) {
	b.Helper()
	file, err := os.Open(report)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	run, err := reporters.ReadJSON(file)
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range run.Specs {
		n += s.Exchanges
	}
	return n
}

// peakMemory returns the peak resident size of a process and its finished children. On
// Linux a process inherits the peak of its parent, so nothing that needs much memory may
// run here before.
func peakMemory(b *testing.B, ended *os.ProcessState) (bytes float64) {
	b.Helper()
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		b.Fatal(err)
	}
	peak := ended.SysUsage().(*syscall.Rusage).Maxrss
	if peak <= own.Maxrss {
		b.Fatalf("this process has held %d, its child no more than %d: run this benchmark in a process of its own", own.Maxrss, peak)
	}
	if runtime.GOOS == "darwin" {
		return float64(peak) // other systems count kilobytes
	}
	return float64(peak) * 1024
}

// BenchmarkFirstFinding is the time from the start of a run, including loading the
// contract, to the first spec that fails because of the fault. It depends on the order of
// the specs, so it is the mean of several runs.
func BenchmarkFirstFinding(b *testing.B) {
	for _, id := range []string{
		"activity-row-amount-text", // in every row of a page
		"cards-wrapped",            // in every response of one operation
		"sporadic-tier-price-text", // in some responses of one operation
	} {
		b.Run("fault="+id, func(b *testing.B) {
			fault, ok := faults.Find(id)
			if !ok {
				b.Fatal("the fault has another name now")
			}
			var total time.Duration
			runs := 0
			for b.Loop() {
				for seed := range int64(3) {
					total += untilFinding(b, fault, seed+1)
					runs++
				}
			}
			b.ReportMetric(float64(total.Nanoseconds())/float64(runs), "ns/op")
		})
	}
}

func untilFinding(b *testing.B, fault faults.Fault, seed int64) time.Duration {
	b.Helper()
	server, err := fault.Server()
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	cfg := settings.Default()
	cfg.Safety = config.Pay
	cfg.Seed = seed
	began := time.Now()
	var found time.Duration
	opt := Options{Reference: server, OnDone: func(_ string, outcome reporters.Outcome) {
		if outcome == reporters.Failed && found == 0 {
			found = time.Since(began)
			cancel()
		}
	}}
	if _, err := Run(ctx, cfg, opt); err != nil {
		b.Fatal(err)
	}
	if found == 0 {
		b.Fatalf("%s is not found with seed %d", fault.ID, seed)
	}
	return found
}
