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

// A Spool is a file of entries, one a line: when it started, its id, and its JSON
// text, so that putting entries in order takes no parsing. It is what a process has
// recorded so far, and safe for concurrent use. A process that is killed leaves a
// spool that can be read, without the entry that it was writing.
type Spool struct {
	mu  sync.Mutex
	f   *os.File
	err error
}

// NewSpool makes a spool, for the eyes of this user only.
func NewSpool(path string) (*Spool, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &Spool{f: f}, nil
}

// Add writes an exchange, which has to be redacted, and what was found in its
// answer before it was: see [Recorded.Leaks]. The body of its request had so many bytes
// as were sent; more than [BodyLimit] of it need not be there. That it cannot be written is told by
// [Spool.Close].
func (s *Spool) Add(ex spec.Exchange, sent int, leaks []spec.Finding) {
	e := entryOf(ex, sent, leaks)
	line, err := marshal(string(e.Started)+" "+url.PathEscape(ex.ID)+" ", e)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		if s.err = err; err == nil {
			_, s.err = s.f.Write(line)
		}
	}
}

// Close closes the file and returns the first error of all.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return cmp.Or(s.err, s.f.Close())
}

// marshal is the JSON text of v after a prefix, on a line of its own.
func marshal(prefix string, v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(prefix)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// A Head is what a HAR says of itself.
type Head struct {
	Version string // of the suite
	Comment string
}

// Merge writes the entries of spools as one HAR, in the order of their start and,
// started together, of their ids. It holds one entry in memory at a time.
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
	out := bufio.NewWriter(w)
	text, err := marshal("", document{log{Version: "1.2", Creator: creator{Creator, head.Version}, Comment: head.Comment}})
	if err != nil {
		return err
	}
	out.Write(bytes.TrimSuffix(text, []byte("}}\n")))
	out.WriteString(`,"entries":[`)
	for i, e := range all {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n")
		if _, err := io.Copy(out, io.NewSectionReader(e.f, e.at, e.length)); err != nil {
			return err
		}
	}
	out.WriteString("\n]}}\n")
	return out.Flush()
}

// Creator is the name that the suite's own recordings carry.
const Creator = "hostup-conformance"

// located is where an entry stands, and what it is sorted by.
type located struct {
	f           *os.File
	at, length  int64
	started, id string
}

// locate finds the entries of a spool. A last line that does not end was cut off
// with its process.
func locate(f *os.File) (list []located, err error) {
	in := bufio.NewReader(f)
	for at := int64(0); ; {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		started, rest, one := bytes.Cut(line, []byte(" "))
		id, entry, two := bytes.Cut(rest, []byte(" "))
		if !one || !two {
			return nil, errors.New("a recorded exchange cannot be read again: the spool was changed")
		}
		end := at + int64(len(line))
		list = append(list, located{f, end - int64(len(entry)), int64(len(entry)) - 1, string(started), string(id)})
		at = end
	}
}
