package suites

import (
	"bytes"
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/internal/plan"
	"github.com/hostup/api-conformance/suites/internal/run"
)

// The settings of the ginkgo command or the flags of go test. Runs of other tests change
// the result of ginkgo.GinkgoConfiguration.
var (
	askedSuite    types.SuiteConfig
	askedReporter types.ReporterConfig
)

func TestMain(m *testing.M) {
	dieWhenTold()
	if code, ok := Worker(); ok {
		os.Exit(code)
	}
	flag.Parse()
	askedSuite, askedReporter = ginkgo.GinkgoConfiguration()
	os.Exit(m.Run())
}

// TestConformance runs all specs against the target of the environment, or against an
// embedded reference server for each process. "go test ./suites" and "go tool ginkgo -p
// ./suites" run it. It writes reports if HOSTUP_REPORT_DIR is set.
func TestConformance(t *testing.T) {
	cfg, err := settings.Load(nil, os.Environ(), "")
	if err != nil {
		t.Fatal(err)
	}
	suite, reporter := askedSuite, askedReporter
	if suite.LabelFilter == "" {
		suite.LabelFilter = cfg.LabelFilter
	}
	cfg.LabelFilter, cfg.Seed, cfg.Procs = suite.LabelFilter, suite.RandomSeed, suite.ParallelTotal
	// The processes are Ginkgo's: none must be started here.
	var opt Options
	if err := plan.CheckKey(context.Background(), cfg, &opt); err != nil {
		t.Fatal(err)
	}
	s, err := run.Open(context.Background(), cfg, opt, run.Role{Process: suite.ParallelProcess})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	suite.LabelFilter = s.Config.Selection()

	Register(s.Env)
	ginkgo.ReportAfterSuite("reports", func(r ginkgo.Report) {
		if os.Getenv("HOSTUP_REPORT_DIR") == "" {
			return
		}
		result, err := s.Collect(r)
		if result == nil {
			ginkgo.Fail(err.Error())
		}
		if err := WriteReports(cfg.ReportDir, result); err != nil {
			ginkgo.Fail(err.Error())
		}
	})
	if askedNothing() {
		reporter.NoColor = true
		defer quiet(t)()
	}
	defer globals.Reset() // for the example, which has its own specs
	ginkgo.RunSpecs(t, "hostup-conformance", suite, reporter)
}

// askedNothing reports whether plain "go test" runs, without the ginkgo command or its
// flags.
func askedNothing() bool {
	nothing := !testing.Verbose()
	flag.Visit(func(f *flag.Flag) { nothing = nothing && !strings.HasPrefix(f.Name, "ginkgo.") })
	return nothing
}

// quiet withholds Ginkgo's output unless the test fails.
func quiet(t *testing.T) (restore func()) {
	var out bytes.Buffer
	before := formatter.ColorableStdOut
	formatter.ColorableStdOut = &out
	return func() {
		formatter.ColorableStdOut = before
		if t.Failed() {
			t.Log(out.String())
		}
	}
}

// alone skips a test with its own specs in the processes of ginkgo -p, which run
// TestConformance together.
func alone(t *testing.T) {
	t.Helper()
	if askedSuite.ParallelTotal > 1 {
		t.Skip("one of several processes of ginkgo")
	}
}
