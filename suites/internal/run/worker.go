package run

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/procs"
	"github.com/hostup/api-conformance/suites/internal/shipped"
)

// Worker does the work of a worker process, if this process is one (ok); the program must
// then exit with the code. A program that sets Options.Executable calls it before
// anything else.
func Worker() (code int, ok bool) {
	switch keeper, worker := procs.Role(); {
	case keeper:
		return procs.Keep(), true
	case worker:
		return work(), true
	}
	return 0, false
}

// work initializes while the parent still runs discovery, then runs this worker's share.
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
	session *Session
	tree    *tree
	specs   []scheduled // of all processes
}

// openWorker does what is possible before anything is known about the target.
func openWorker(process int) (*worker, error) {
	cfg, err := config.Load(shipped.Names(), nil, os.Environ(), "")
	if err != nil {
		return nil, err
	}
	s := NewSession(cfg, Options{})
	s.opt.Version = os.Getenv(versionVariable)
	if err := s.Load(); err != nil {
		return nil, err
	}
	cfg = s.Config // operations and tags are now those of the document
	s.Env = shipped.NewEnv(s.Contract, cfg, nil, process)
	w := &worker{process: process, dir: os.Getenv(dirVariable), session: s, tree: &tree{env: s.Env}}
	w.specs = w.tree.build()
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
		names := s.Config.Names
		s.Config = *mine.Embedded
		s.Config.Names = names
	}
	client, err := client.New(s.Config, client.WithVersion(s.opt.Version), client.WithSteadyConnections(mine.Embedded != nil))
	if err != nil {
		return err
	}
	defer client.Close()
	s.Env.Use(s.Config, client)
	s.Env.Adopt(mine.Discovery)
	s.Env.Share(env.NewSharedLedger(s.Config, filepath.Join(w.dir, ledgerName), w.process))
	if mine.Recording != "" {
		s.recording = &recording{dir: mine.Recording}
		if err := s.spool(w.process); err != nil {
			return err
		}
		defer s.recording.close()
	}
	if err := w.tellEvents(); err != nil {
		return err
	}
	s.Env.OnCreated = w.tree.opt.OnCreated
	w.tree.run(ctx, mine.of(w.specs))
	return nil
}

// An event is a line of the file in which a worker reports its progress at once: if it is
// killed, the file holds all that it has done.
type event struct {
	Start   string                `json:",omitempty"`
	Done    *reporters.SpecRecord `json:",omitempty"`
	Created *reporters.Created    `json:",omitempty"`
}

// tellEvents makes the hooks of the tree append to the event file.
func (w *worker) tellEvents() error {
	f, err := os.OpenFile(eventFile(w.dir, w.process), os.O_CREATE|os.O_EXCL|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	write := func(e event) {
		line, err := json.Marshal(e)
		if err == nil {
			_, err = f.Write(append(line, '\n')) // a single write, safe for concurrent use
		}
		if err != nil {
			// A run that loses findings must not look like one without.
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	w.tree.opt = w.session.opt
	w.tree.opt.OnStart = func(name string) { write(event{Start: name}) }
	w.tree.onRecord = func(r reporters.SpecRecord) {
		w.session.recording.flush() // what is told as done is in the recording
		write(event{Done: &r})
	}
	w.tree.opt.OnCreated = func(c reporters.Created) { write(event{Created: &c}) }
	return nil
}
