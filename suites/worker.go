package suites

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/procs"
)

// Worker does the work of a process of a run with several, if this process is
// one; the program then has to exit with the code. A program that sets
// Options.Executable calls it before anything else.
func Worker() (code int, ok bool) {
	switch keeper, worker := procs.Role(); {
	case keeper:
		return procs.Keep(), true
	case worker:
		return work(), true
	}
	return 0, false
}

// work runs the share of this process. It gets ready while the parent is still
// looking for valid input at the target.
func work() (code int) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	begin, last := make(chan struct{}), make(chan struct{})
	process := procs.Join(func(line string) {
		switch line {
		case beginLine:
			close(begin)
		case procs.Last:
			close(last)
		case stopLine:
			stop()
		}
	})
	dir := os.Getenv(dirVariable)
	s, err := openWorker(process, dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer s.close()
	t := &tree{env: s.env, opt: s.opt, others: func(ctx context.Context) {
		select {
		case <-last:
		case <-ctx.Done():
		}
	}}
	specs := t.build(suiteConfig(s.cfg))
	select {
	case <-begin:
	case <-ctx.Done():
		return 0
	}
	mine, err := readShare(shareFile(dir, process))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	s.env.Adopt(mine.Discovery)
	t.run(ctx, mine.of(specs))
	return 0
}

// openWorker is open in a process that runs specs for another one.
func openWorker(process int, dir string) (*session, error) {
	cfg, err := env.Load(nil, os.Environ(), "")
	if err != nil {
		return nil, err
	}
	s := &session{cfg: cfg, started: time.Now()}
	s.opt.Version = os.Getenv(versionVariable)
	if err := s.load(); err != nil {
		return nil, err
	}
	if err := s.connect(process); err != nil {
		return nil, err
	}
	if err := s.record(process); err != nil {
		return nil, err
	}
	s.env.BurstKey = os.Getenv(burstKeyVariable)
	s.env.Share(env.NewSharedLedger(cfg, filepath.Join(dir, ledgerName), process))
	s.opt, err = tellEvents(s.opt, eventFile(dir, process))
	return s, err
}

// An event is a line of the file in which a worker says what it does, as soon as
// it has: when it is killed, all that it said stands there.
type event struct {
	Start   string                `json:",omitempty"`
	Done    *reporters.SpecRecord `json:",omitempty"`
	Created *reporters.Created    `json:",omitempty"`
}

// tellEvents returns options whose hooks append to a file.
func tellEvents(opt Options, path string) (Options, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return opt, err
	}
	write := func(e event) {
		line, err := json.Marshal(e)
		if err == nil {
			_, err = f.Write(append(line, '\n')) // which is safe for concurrent use, and one write
		}
		if err != nil {
			// A run whose findings get lost must not look like one without.
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	opt.OnStart = func(name string) { write(event{Start: name}) }
	opt.onRecord = func(r reporters.SpecRecord) { write(event{Done: &r}) }
	opt.OnCreated = func(c reporters.Created) { write(event{Created: &c}) }
	return opt, nil
}
