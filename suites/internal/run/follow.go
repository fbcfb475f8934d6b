package run

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/hostup/api-conformance/reporters"
)

// A follower reads the event files of workers while they are written.
type follower struct {
	s    *Session
	plan division

	mu      sync.Mutex // the parent runs specs as well
	outcome outcome
	done    map[string]bool
	running map[int][]string // process -> running specs, in starting order

	ended    chan struct{}
	finished sync.WaitGroup
}

func newFollower(s *Session, plan division) *follower {
	return &follower{s: s, plan: plan, done: map[string]bool{}, running: map[int][]string{}, ended: make(chan struct{})}
}

// follow calls the hooks for the events of the workers, until finish.
func (f *follower) follow() {
	var tails []*tail
	for i := range f.plan.shares {
		tails = append(tails, &tail{path: eventFile(f.s.processes.dir, i+1), process: i + 1})
	}
	f.finished.Go(func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for last := false; !last; {
			select {
			case <-tick.C:
			case <-f.ended:
				last = true
			}
			for _, t := range tails {
				for _, line := range t.more() {
					f.hear(t.process, line)
				}
			}
		}
		for _, t := range tails {
			t.close()
		}
	})
}

// finish returns when all events have been read. The workers must have ended.
func (f *follower) finish() {
	close(f.ended)
	f.finished.Wait()
}

// hearOwn treats the specs that the parent runs like those of the workers, without delay.
func (f *follower) hearOwn(t *tree) {
	t.opt = Options{OnStart: func(name string) { f.take(0, event{Start: name}) }}
	t.onRecord = func(rec reporters.SpecRecord) { f.take(0, event{Done: &rec}) }
}

// killAfter calls kill after d, unless finish comes first.
func (f *follower) killAfter(d time.Duration, kill func()) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		kill()
	case <-f.ended:
	}
}

func (f *follower) hear(process int, line []byte) {
	var e event
	if json.Unmarshal(line, &e) == nil { // otherwise its process could not finish the line
		f.take(process, e)
	}
}

// take calls the hooks, one at a time.
func (f *follower) take(process int, e event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch o := f.s.opt; {
	case e.Created != nil:
		f.s.created(*e.Created)
	case e.Start != "":
		f.running[process] = append(f.running[process], e.Start)
		if o.OnStart != nil {
			o.OnStart(e.Start)
		}
	case e.Done != nil:
		name := e.Done.Name
		f.running[process] = slices.DeleteFunc(f.running[process], func(s string) bool { return slices.Contains(names(*e.Done), s) })
		f.done[name] = true
		f.outcome.Specs = append(f.outcome.Specs, *e.Done)
		o.tellDone(*e.Done, f.s.fails)
	}
}

// unfinished returns the records of the specs without a result, with the reason.
func (f *follower) unfinished(deaths []death, interrupted bool) (list []reporters.SpecRecord) {
	for _, rec := range f.plan.specs {
		if f.done[rec.Name] {
			continue
		}
		rec.State = reporters.StateSkipped
		rec.Skip = &reporters.Skip{Code: reporters.SkipInterrupted, Reason: "the run ended before this spec"}
		if d := deathOf(deaths, f.plan.owner[rec.Name]); d != nil && !interrupted {
			rec.Skip = d.skip(rec.Name)
		}
		list = append(list, rec)
	}
	return list
}

// A tail reads the lines that are appended to a file.
type tail struct {
	path    string
	process int
	file    *os.File
	rest    []byte
}

func (t *tail) more() (lines [][]byte) {
	if t.file == nil {
		f, err := os.Open(t.path)
		if err != nil {
			return nil // it does not exist yet
		}
		t.file = f
	}
	added, _ := io.ReadAll(t.file)
	t.rest = append(t.rest, added...)
	for {
		line, after, whole := bytes.Cut(t.rest, []byte("\n"))
		if !whole {
			return lines
		}
		lines, t.rest = append(lines, line), after
	}
}

func (t *tail) close() {
	if t.file != nil {
		t.file.Close()
	}
}
