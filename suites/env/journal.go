package env

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
	"syscall"

	"github.com/gofrs/flock"

	"github.com/hostup/api-conformance/suites/config"
)

// A journal are the books of a run with several processes: a file of entries of
// one size, to which all append. Nothing in it is ever changed, so that a process
// that is killed at any moment, also while it writes, leaves all that was counted
// behind, and at most a part of an entry, which is cut off: a request is sent when
// its entry is whole, and one without an end counts.
//
// Each process holds a lock for as long as it lives, by which the others know
// whether to wait for it. The system releases it when the process ends.
type journal struct {
	path   string
	number int

	mu      sync.Mutex // a blocked lock costs a thread: one of this process is enough
	lock    *flock.Flock
	life    *flock.Flock
	err     error // what made the journal unusable
	read    int64 // how much of the file is in the balance
	balance balance
	gone    map[int]bool // processes that have died
}

func openJournal(path string, process int) *journal {
	j := &journal{
		path: path, number: process,
		lock: flock.New(path + ".lock"), life: flock.New(lifePath(path, process)),
		balance: newBalance(), gone: map[int]bool{},
	}
	j.balance.dead = j.dead
	ok, err := j.life.TryLock()
	if err == nil && !ok {
		err = fmt.Errorf("there are two processes with the number %d", process)
	}
	j.err = err
	return j
}

func lifePath(path string, process int) string { return fmt.Sprintf("%s.process-%d", path, process) }

// A LostRequest is one whose process died before its end was noted.
type LostRequest struct {
	Process int
	What    string // "order" or "payment"
}

// Lost returns the requests whose end nobody knows, when all processes that share
// the ledger of that path have ended.
func Lost(path string) (list []LostRequest) {
	l := NewSharedLedger(config.Default(nil), path, 0)
	_ = l.books.write(func(b *balance) *entry {
		for r, effect := range b.open {
			list = append(list, LostRequest{r.process, l.limits[effect].what})
		}
		return nil
	})
	slices.SortFunc(list, func(a, b LostRequest) int { return cmp.Or(a.Process-b.Process, cmp.Compare(a.What, b.What)) })
	return list
}

func (j *journal) process() int { return j.number }

// write is that of books. After an entry that could not be added, this process
// counts as dead: what it has under way counts then, and nobody waits for it.
func (j *journal) write(decide func(b *balance) *entry) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil {
		return j.err
	}
	if err := j.locked(decide); err != nil {
		j.err = err
		_ = j.life.Unlock()
	}
	return j.err
}

func (j *journal) locked(decide func(b *balance) *entry) (err error) {
	err = j.lock.Lock()
	for errors.Is(err, syscall.EINTR) {
		err = j.lock.Lock()
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.lock.Unlock()) }()
	f, err := os.OpenFile(j.path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := j.catchUp(f); err != nil {
		return err
	}
	e := decide(&j.balance)
	if e == nil {
		return nil
	}
	// With a part of an entry at the end of the file, this one takes its place.
	if _, err := f.WriteAt(e.text(), j.read); err != nil {
		return err
	}
	j.read += int64(entrySize)
	j.balance.add(*e)
	return nil
}

// catchUp reads the entries that others have added, and cuts off what is no whole
// one: its process died while it wrote.
func (j *journal) catchUp(f *os.File) error {
	added, err := io.ReadAll(io.NewSectionReader(f, j.read, 1<<40))
	if err != nil {
		return err
	}
	for ; len(added) >= entrySize; added = added[entrySize:] {
		e, err := parseEntry(added[:entrySize])
		if err != nil {
			return err
		}
		j.balance.add(e)
		j.read += int64(entrySize)
	}
	if len(added) > 0 {
		return f.Truncate(j.read)
	}
	return nil
}

// dead reports whether a process has ended: its lock can be had.
func (j *journal) dead(process int) bool {
	if process == j.number || j.gone[process] {
		return j.gone[process]
	}
	life := flock.New(lifePath(j.path, process), flock.SetFlag(os.O_RDWR))
	ended, err := life.TryLock()
	if errors.Is(err, fs.ErrNotExist) {
		ended = true
	}
	if ended {
		j.gone[process] = true
		_ = life.Unlock()
	}
	return ended
}
