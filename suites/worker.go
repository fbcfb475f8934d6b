package suites

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/settings"
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

// work does the work of a worker. It gets ready while the parent is still looking
// for valid input at the target.
func work() (code int) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	begin, last := make(chan struct{}), make(chan struct{})
	process, leave := procs.Join(func(line string) {
		switch line {
		case beginLine:
			close(begin)
		case procs.Last:
			close(last)
		case stopLine:
			stop()
		}
	})
	w, err := openWorker(process)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	w.tree.others = func(ctx context.Context) {
		select {
		case <-last:
		case <-ctx.Done():
		}
	}
	select {
	case <-begin:
	case <-ctx.Done():
		return 0
	}
	if err := w.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	leave()
	return 0
}

// A worker is a process that runs specs for another one.
type worker struct {
	process int
	dir     string
	session *session
	tree    *tree
	specs   []scheduled // of all processes
}

// openWorker does what can be done before anything is known of the target.
func openWorker(process int) (*worker, error) {
	cfg, err := settings.Load(nil, os.Environ(), "")
	if err != nil {
		return nil, err
	}
	s := &session{cfg: cfg, started: time.Now()}
	s.opt.Version = os.Getenv(versionVariable)
	if err := s.load(); err != nil {
		return nil, err
	}
	s.env = NewEnv(s.contract, cfg, nil, process)
	w := &worker{process: process, dir: os.Getenv(dirVariable), session: s, tree: &tree{env: s.env}}
	w.specs = w.tree.build(suiteConfig(cfg))
	return w, nil
}

// run runs the share of this process.
func (w *worker) run(ctx context.Context) error {
	mine, err := readShare(shareFile(w.dir, w.process))
	if err != nil {
		return err
	}
	s := w.session
	if mine.Embedded != nil {
		names := s.cfg.Names
		s.cfg = *mine.Embedded
		s.cfg.Names = names
	}
	client, err := client.New(s.cfg, client.WithVersion(s.opt.Version))
	if err != nil {
		return err
	}
	defer client.Close()
	s.env.Use(s.cfg, client)
	s.env.Adopt(mine.Discovery)
	s.env.Share(env.NewSharedLedger(s.cfg, filepath.Join(w.dir, ledgerName), w.process))
	if mine.Recording != "" {
		s.recording = &recording{dir: mine.Recording}
		if err := s.spool(w.process); err != nil {
			return err
		}
		defer s.recording.close()
	}
	w.tree.opt, err = w.tellEvents(s.opt)
	if err != nil {
		return err
	}
	s.env.OnCreated = w.tree.opt.OnCreated
	w.tree.run(ctx, mine.of(w.specs))
	return nil
}

// An event is a line of the file in which a worker says what it does, as soon as
// it has: when it is killed, all that it said stands there.
type event struct {
	Start   string                `json:",omitempty"`
	Done    *reporters.SpecRecord `json:",omitempty"`
	Created *reporters.Created    `json:",omitempty"`
}

// tellEvents returns options whose hooks append to a file.
func (w *worker) tellEvents(opt Options) (Options, error) {
	f, err := os.OpenFile(eventFile(w.dir, w.process), os.O_CREATE|os.O_EXCL|os.O_APPEND|os.O_WRONLY, 0o600)
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
