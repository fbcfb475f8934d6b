package har

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// EntryLimit is how large one entry may be, in bytes of the file. Reading needs
// some three times as much memory at worst.
const EntryLimit = 64 << 20

// Read reads a HAR and visits its entries in their order. It stops with the
// first error of visit, and returns that, or with one of its own that names the
// entry and the member: "entries[3].request.url is not an absolute URL". No value
// of the file is in an error: it may be a secret.
//
// A byte order mark is skipped. Members that HAR 1.2 does not know are ignored,
// and so is everything beside the entries.
func Read(r io.Reader, visit func(Recorded) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3) // which Peek has read
	}
	limit := &limited{r: in, left: EntryLimit}
	rd := &reader{limit: limit, d: json.NewDecoder(limit), visit: visit}
	err := rd.file()
	if own := (*formatError)(nil); errors.As(err, &own) || rd.visited != nil || err == nil {
		return err
	}
	return rd.explain(err)
}

// A formatError is what is wrong with a recording, in words.
type formatError struct{ text string }

func (e *formatError) Error() string { return e.text }

func wrong(format string, args ...any) error { return &formatError{fmt.Sprintf(format, args...)} }

// limited gives up after a number of bytes, which is set anew for every entry.
type limited struct {
	r    io.Reader
	left int
	over bool
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		l.over = true
		return 0, errors.New("too large")
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

type reader struct {
	limit   *limited
	d       *json.Decoder
	visit   func(Recorded) error
	visited error // what visit said
	entries int   // begun so far
	inside  bool  // an entry
}

// file reads the whole text.
func (r *reader) file() error {
	logs := 0
	err := r.members("the file", func(name string) error {
		if name != "log" {
			return r.skip()
		}
		if logs++; logs > 1 {
			return wrong("log stands twice")
		}
		return r.log()
	})
	if err != nil {
		return err
	}
	if logs == 0 {
		return wrong("it is no HAR file: there is no member log")
	}
	if _, err := r.d.Token(); !errors.Is(err, io.EOF) {
		return wrong("something follows the end of the JSON text")
	}
	return nil
}

func (r *reader) log() error {
	lists := 0
	err := r.members("log", func(name string) error {
		if name != "entries" {
			return r.skip()
		}
		if lists++; lists > 1 {
			return wrong("log.entries stands twice")
		}
		return r.list()
	})
	if err == nil && lists == 0 {
		return wrong("it is no HAR file: there is no member log.entries")
	}
	return err
}

// members visits the members of an object.
func (r *reader) members(what string, member func(name string) error) error {
	if err := r.open(what, '{', "an object"); err != nil {
		return err
	}
	for r.d.More() {
		name, err := r.d.Token()
		if err != nil {
			return err
		}
		if err := member(name.(string)); err != nil {
			return err
		}
	}
	_, err := r.d.Token()
	return err
}

func (r *reader) open(what string, want json.Delim, words string) error {
	t, err := r.d.Token()
	if err != nil {
		return err
	}
	if t != want {
		return wrong("%s is not %s", what, words)
	}
	return nil
}

// skip reads over a value. It may be as large as an entry.
func (r *reader) skip() error {
	r.limit.left = EntryLimit
	var v json.RawMessage
	return r.d.Decode(&v)
}

func (r *reader) list() error {
	if err := r.open("log.entries", '[', "a list"); err != nil {
		return err
	}
	for r.d.More() {
		r.limit.left = EntryLimit
		r.inside = true
		r.entries++
		var e *entry
		if err := r.d.Decode(&e); err != nil {
			return err
		}
		rec, err := e.recorded(r.entries - 1)
		if err != nil {
			return wrong("entries[%d]%s", r.entries-1, err.Error())
		}
		if r.visited = r.visit(rec); r.visited != nil {
			return r.visited
		}
		r.inside = false
	}
	_, err := r.d.Token()
	return err
}

// explain puts an error of encoding/json into words that name the place.
func (r *reader) explain(err error) error {
	at := ""
	if r.inside {
		at = fmt.Sprintf("entries[%d]", r.entries-1)
	}
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case r.limit.over:
		return wrong("%s is larger than %d MiB", orLog(at), EntryLimit>>20)
	case errors.As(err, &kind):
		place := at
		if kind.Field != "" {
			place += "." + kind.Field
		}
		got, _, _ := strings.Cut(kind.Value, " ")
		return wrong("%s is %s, want %s", place, article(got), kindOf(kind))
	case errors.As(err, &syntax):
		return wrong("it is not JSON after byte %d%s: %s", r.d.InputOffset(), within(at), lowerFirst(syntax.Error()))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		if r.d.InputOffset() == 0 {
			return wrong("it is empty")
		}
		return wrong("it ends early%s", within(at))
	}
	return wrong("it cannot be read%s: %v", within(at), err)
}

func orLog(at string) string {
	if at == "" {
		return "a member outside the entries"
	}
	return at
}

func within(at string) string {
	if at == "" {
		return ""
	}
	return ", in " + at
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func article(kind string) string {
	switch kind {
	case "array", "object":
		return "an " + kind
	case "bool":
		return "a boolean"
	}
	return "a " + kind
}

func kindOf(e *json.UnmarshalTypeError) string {
	switch e.Type.Kind().String() {
	case "string":
		return "a string"
	case "slice":
		return "an array"
	case "bool":
		return "a boolean"
	case "struct":
		return "an object"
	}
	return "a number"
}
