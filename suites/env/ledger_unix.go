//go:build unix

package env

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
)

// NewSharedLedger makes a ledger that all processes with the same path share. The
// file is made if it is not there.
func NewSharedLedger(cfg Config, path string) *Ledger {
	var mu sync.Mutex // a blocked flock costs a thread: one of this process is enough
	return newLedger(cfg, func(change func(*entries)) error {
		mu.Lock()
		defer mu.Unlock()
		return locked(path, change)
	})
}

func locked(path string, change func(*entries)) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }() // which unlocks
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		return err
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	var e entries
	if len(data) > 0 {
		if err := json.Unmarshal(data, &e); err != nil {
			return err
		}
	}
	e.change(change)
	if data, err = json.Marshal(e); err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(data, 0)
	return err
}
