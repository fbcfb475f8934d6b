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

// A journal keeps the entries of a run with several processes in a file to which all
// append. Entries have one size and are never changed, so a process that is killed at any
// moment, even while it writes, leaves all earlier entries intact and at most one partial
// entry, which is cut off. A request is sent only once its entry is complete, and an
// entry without an outcome counts as accepted.
//
// Each process holds a lock for its lifetime, which tells the others whether to wait for
// it. The system releases it when the process ends.
type journal struct {
	path   string
	number int

	mu      sync.Mutex // a blocked lock costs a thread: one per process is enough
	lock    *flock.Flock
	life    *flock.Flock
	file    *os.File // nil until the first entry
	err     error    // what made the journal unusable
	read    int64    // bytes of the file that are in the balance
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

// close ends the use of a journal, whose files may then be deleted.
func (j *journal) close() {
	if j.file != nil {
		j.file.Close()
	}
	_ = j.life.Unlock()
}

func lifePath(path string, process int) string { return fmt.Sprintf("%s.process-%d", path, process) }

// A LostRequest is a request whose process died before its outcome was recorded.
type LostRequest struct {
	Process int
	What    string // "order", "change" or "payment"
}

// Lost returns the requests with unknown outcome that may have changed the target of a run
// with this configuration. Call it when all processes that share the ledger at path have
// ended.
func Lost(cfg config.Config, path string) (list []LostRequest) {
	j := openJournal(path, 0)
	defer j.close()
	l := newLedger(cfg, j)
	_ = j.write(func(b *balance) *entry {
		for r, effect := range b.open {
			if limit, changes := l.limits[effect]; changes {
				list = append(list, LostRequest{r.process, limit.what})
			}
		}
		return nil
	})
	slices.SortFunc(list, func(a, b LostRequest) int { return cmp.Or(a.Process-b.Process, cmp.Compare(a.What, b.What)) })
	return list
}

func (j *journal) process() int { return j.number }

// write implements books. If an entry cannot be added, this process counts as dead: its
// requests in flight count as accepted, and no process waits for it.
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
	if j.file == nil {
		if j.file, err = os.OpenFile(j.path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
			return err
		}
	}
	if err := j.catchUp(); err != nil {
		return err
	}
	e := decide(&j.balance)
	if e == nil {
		return nil
	}
	// A partial entry at the end of the file is overwritten.
	if _, err := j.file.WriteAt(e.text(), j.read); err != nil {
		return err
	}
	j.read += int64(entrySize)
	j.balance.add(*e)
	return nil
}

// catchUp reads the entries that other processes have added, and cuts off a partial one:
// its process died while writing.
func (j *journal) catchUp() error {
	added, err := io.ReadAll(io.NewSectionReader(j.file, j.read, 1<<40))
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
		return j.file.Truncate(j.read)
	}
	return nil
}

// dead reports whether a process has ended, which frees its lock.
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
