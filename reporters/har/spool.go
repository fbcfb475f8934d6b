package har

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"os"
	"slices"
	"sync"

	"github.com/hostup/api-conformance/spec"
)

// A Spool is a file of the entries that a process has recorded so far. Each line holds
// start time, id and JSON text, so that sorting needs no parsing. It is safe for
// concurrent use. If the process is killed, the spool remains readable, with all entries
// that were added before the last [Spool.Flush].
type Spool struct {
	mu      sync.Mutex
	f       *os.File
	pending []byte // entries that are not yet in the file
	err     error
}

// spooled is the number of bytes that are written to a spool, or to the HAR, at once.
const spooled = 128 << 10

// NewSpool creates a spool that only this user can read. The file must not exist.
func NewSpool(path string) (*Spool, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &Spool{f: f}, nil
}

// Add writes a redacted exchange, with the leaks that were found in its response before
// redaction: see [Recorded.Leaks]. sent is the size of the request body as sent; ex need
// not hold more than [RequestLimit] of it. Write errors are returned by [Spool.Close].
func (s *Spool) Add(ex spec.Exchange, sent int, leaks []spec.Finding) {
	e := entryOf(ex, sent, leaks)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return
	}
	before := len(s.pending)
	s.pending = append(append(s.pending, e.Started...), ' ')
	s.pending = append(append(s.pending, url.PathEscape(ex.ID)...), ' ')
	if s.pending, s.err = e.append(s.pending); s.err != nil {
		s.pending = s.pending[:before]
		return
	}
	if s.pending = append(s.pending, '\n'); len(s.pending) >= spooled {
		s.flush()
	}
}

// Flush writes all entries to the file. Write errors are returned by [Spool.Close].
func (s *Spool) Flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
}

func (s *Spool) flush() {
	if s.err == nil && len(s.pending) > 0 {
		_, s.err = s.f.Write(s.pending)
	}
	s.pending = s.pending[:0]
}

// Close closes the file and returns the first error of Add or of closing.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
	return cmp.Or(s.err, s.f.Close())
}

// A Head is the description that a HAR has of itself.
type Head struct {
	Version string // of the suite
	Comment string
}

// Merge writes the entries of spools to w as one HAR, sorted by start time and id. It
// holds one entry in memory at a time.
func Merge(w io.Writer, head Head, spools ...string) error {
	var all []located
	for _, path := range spools {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		list, err := locate(f)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	slices.SortStableFunc(all, func(a, b located) int {
		return cmp.Or(cmp.Compare(a.started, b.started), cmp.Compare(a.id, b.id))
	})
	out := bufio.NewWriterSize(w, spooled)
	text, err := json.Marshal(document{log{Version: "1.2", Creator: creator{Creator, head.Version}, Comment: head.Comment}})
	if err != nil {
		return err
	}
	out.Write(bytes.TrimSuffix(text, []byte("}}")))
	out.WriteString(`,"entries":[`)
	var entry []byte
	for i, e := range all {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n")
		entry = slices.Grow(entry[:0], e.length)[:e.length]
		if _, err := e.f.ReadAt(entry, e.at); err != nil {
			return err
		}
		out.Write(entry)
	}
	out.WriteString("\n]}}\n")
	return out.Flush()
}

// Creator is the creator name in the suite's own recordings.
const Creator = "hostup-conformance"

// located is the position of an entry in a spool, and its sort key.
type located struct {
	f           *os.File
	at          int64
	length      int
	started, id string
}

// locate finds the entries of a spool. A last line without an end was cut off when its
// process was killed, and is ignored.
func locate(f *os.File) (list []located, err error) {
	in := bufio.NewReaderSize(f, spooled)
	for at := int64(0); ; {
		line, err := in.ReadSlice('\n')
		started, rest, one := bytes.Cut(line, []byte(" "))
		id, entry, two := bytes.Cut(rest, []byte(" "))
		e := located{f, at + int64(len(line)-len(entry)), len(entry) - 1, string(started), string(id)}
		at += int64(len(line))
		for errors.Is(err, bufio.ErrBufferFull) { // the line goes on
			line, err = in.ReadSlice('\n')
			e.length += len(line)
			at += int64(len(line))
		}
		switch {
		case errors.Is(err, io.EOF):
			return list, nil
		case err != nil:
			return nil, err
		case !one || !two:
			return nil, errors.New("a recorded exchange cannot be read again: the spool was changed")
		}
		list = append(list, e)
	}
}
