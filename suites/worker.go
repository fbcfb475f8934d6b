package suites

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/onsi/ginkgo/v2"
	ginkgocommand "github.com/onsi/ginkgo/v2/ginkgo/command"
	ginkgorun "github.com/onsi/ginkgo/v2/ginkgo/run"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
)

// Worker does the work of a process of a run with several, if this process is
// one; the program then has to exit with the code. A program that sets
// Options.Executable calls it before anything else.
func Worker() (code int, ok bool) {
	switch os.Getenv(modeVariable) {
	case "runner":
		return runner(), true
	case "worker":
		return worker(), true
	}
	return 0, false
}

// runner is Ginkgo's parallel runner.
func runner() (code int) {
	cfg, err := env.Load(nil, os.Environ(), "")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		killSelf() // the parent is gone
	}()
	os.Setenv(modeVariable, "worker")
	suite := suiteConfig(cfg)
	// The runner is not a documented API of Ginkgo: its version is pinned, and
	// TestProcs and the scripts of the command run it.
	ginkgocommand.Program{
		Name:           "hostup-conformance",
		DefaultCommand: ginkgorun.BuildRunCommand(),
		Exiter:         func(c int) { code = c },
	}.RunAndExit([]string{
		"hostup-conformance", "run",
		fmt.Sprintf("--procs=%d", cfg.Procs),
		fmt.Sprintf("--seed=%d", suite.RandomSeed),
		"--randomize-all",
		"--label-filter=" + suite.LabelFilter,
		"--timeout=" + suite.Timeout.String(),
		"--grace-period=" + suite.GracePeriod.String(),
		"--output-interceptor-mode=none",
		"--no-color", "--succinct",
		filepath.Join(os.Getenv(dirVariable), linkName),
	})
	return code
}

// worker runs its share of the specs.
func worker() (code int) {
	testing.Init() // the runner passes flags of go test
	flag.Parse()
	suite, _ := ginkgo.GinkgoConfiguration()
	if err := os.Chdir(os.Getenv(workVariable)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	cfg, err := env.Load(nil, os.Environ(), "")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir := os.Getenv(dirVariable)
	opt, err := writeProgress(filepath.Join(dir, progressName))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	opt.Version = os.Getenv(versionVariable)
	s, err := openIn(ctx, cfg, opt, suite.ParallelProcess)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer s.close()
	s.env.BurstKey = os.Getenv(burstKeyVariable)
	s.env.Share(env.NewSharedLedger(s.cfg, filepath.Join(dir, ledgerName)))

	serial.Lock()
	defer serial.Unlock()
	t := &tree{env: s.env, opt: s.opt}
	outcome := t.run(ctx, suite)
	if suite.ParallelProcess != 1 {
		return 0
	}
	data, err := json.Marshal(outcome)
	if err == nil {
		err = replace(filepath.Join(dir, outcomeName), data)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return 0
}

// An event is a line of the progress file.
type event struct {
	Total   int                `json:",omitempty"`
	Start   string             `json:",omitempty"`
	Done    string             `json:",omitempty"`
	Outcome reporters.Outcome  `json:",omitempty"`
	Created *reporters.Created `json:",omitempty"`
}

func (e event) call(s *session) {
	o := s.opt
	switch {
	case e.Created != nil:
		s.created(*e.Created)
	case e.Total > 0 && o.OnTotal != nil:
		o.OnTotal(e.Total)
	case e.Start != "" && o.OnStart != nil:
		o.OnStart(e.Start)
	case e.Done != "" && o.OnDone != nil:
		o.OnDone(e.Done, e.Outcome)
	}
}

// writeProgress returns hooks that append to a file, which all workers share:
// a line is one write.
func writeProgress(path string) (Options, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return Options{}, err
	}
	var mu sync.Mutex
	write := func(e event) {
		line, err := json.Marshal(e)
		if err != nil {
			return // progress is never a reason to stop
		}
		mu.Lock()
		defer mu.Unlock()
		_, _ = f.Write(append(line, '\n'))
	}
	return Options{
		OnTotal:   func(n int) { write(event{Total: n}) },
		OnStart:   func(name string) { write(event{Start: name}) },
		OnDone:    func(name string, o reporters.Outcome) { write(event{Done: name, Outcome: o}) },
		OnCreated: func(c reporters.Created) { write(event{Created: &c}) },
	}, nil
}
