package har

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// EntryLimit is the maximum size of one entry, in bytes of the file. Reading needs up to
// three times as much memory.
const EntryLimit = 64 << 20

// Read reads a HAR file and calls visit for each entry, in order. It stops at the first
// error of visit and returns it; its own errors say why the file is not HAR. No error
// contains a value of the file, which may be a secret.
//
// An entry that cannot be read is visited with [GapOdd] and the name of the property: a
// browser or phone session has hundreds of unrelated entries, and a strange one says
// nothing about the rest.
//
// A file compressed with gzip or zlib (mitmproxy calls the latter .zhar) is decompressed,
// and a byte order mark is skipped. Unknown properties and everything outside the entries
// are ignored.
func Read(r io.Reader, visit func(Recorded) error) error {
	return ReadSome(r, nil, func(int) bool { return true }, visit)
}

// ReadSome is [Read] for the entries whose index (from 0) want accepts. Each of the
// others takes a tenth of the time. Bodies that the recorder has put into files are read
// from beside, the folder of the recording; nil if there is none.
func ReadSome(r io.Reader, beside fs.FS, want func(index int) bool, visit func(Recorded) error) error {
	in, err := plain(r)
	if err != nil {
		return err
	}
	rd := &reader{scanner: scanner{in: in}, beside: beside, want: want, visit: visit}
	err = rd.file()
	if own := (*formatError)(nil); errors.As(err, &own) || err == nil {
		return err
	}
	if rd.visited != nil {
		return rd.visited
	}
	return rd.explain(err)
}

type reader struct {
	scanner
	beside  fs.FS
	want    func(index int) bool
	visit   func(Recorded) error
	visited error // the error of visit
	entries int   // started so far
	inside  bool  // an entry is being read
}

// file reads the whole file.
func (r *reader) file() error {
	logs := 0
	var others []string
	err := r.members("the file", func(name string) error {
		if name != "log" {
			if others = append(others, name); len(others) > mostNames {
				others = others[:mostNames]
			}
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
		return otherJSON(others)
	}
	if _, err := r.next(); !errors.Is(err, io.EOF) {
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

// members calls member for each property of an object.
func (r *reader) members(what string, member func(name string) error) error {
	return r.items(what, '{', '}', "an object", func() error {
		name, err := r.text()
		if err != nil {
			return err
		}
		c, err := r.next()
		if err != nil {
			return unexpected(err)
		}
		if c != ':' {
			return r.invalid(c, "after object key")
		}
		r.take()
		return member(name)
	})
}

// items calls item for each element between two brackets.
func (r *reader) items(what string, open, shut byte, words string, item func() error) error {
	c, err := r.next()
	if err != nil {
		return err
	}
	if c != open {
		if err := r.literal(c); err != nil {
			return err
		}
		return wrong("%s is not %s", what, words)
	}
	r.take()
	for first := true; ; first = false {
		c, err := r.next()
		if err != nil {
			return unexpected(err)
		}
		switch {
		case c == shut:
			r.take()
			return nil
		case !first && c != ',':
			return r.invalid(c, "after "+map[byte]string{'{': "object key:value pair", '[': "array element"}[open])
		case !first:
			r.take()
		}
		if err := item(); err != nil {
			return unexpected(err)
		}
	}
}

// literal reads the next value if it is a literal that starts with c. It returns an error
// if that is not valid JSON.
func (r *reader) literal(c byte) error {
	if strings.IndexByte(`{["`, c) >= 0 {
		return nil
	}
	text, err := r.value(EntryLimit)
	if err != nil {
		return unexpected(err)
	}
	var v json.RawMessage
	if err := json.Unmarshal(text, &v); err != nil {
		r.at = r.start // the text before it may be valid JSON
		return &syntaxError{err.Error()}
	}
	return nil
}

// skip skips a value that is not needed.
func (r *reader) skip() error {
	text, err := r.value(EntryLimit)
	if errors.Is(err, errLarge) {
		return nil
	}
	if err != nil {
		return unexpected(err)
	}
	var v json.RawMessage
	return json.Unmarshal(text, &v)
}

func (r *reader) list() error {
	return r.items("log.entries", '[', ']', "a list", func() error {
		r.inside = true
		r.entries++
		if !r.want(r.entries - 1) {
			if _, err := r.value(0); !errors.Is(err, errLarge) {
				return unexpected(err)
			}
			r.inside = false
			return nil
		}
		rec, err := r.entry(r.entries - 1)
		if err != nil {
			return err
		}
		if r.visited = r.visit(rec); r.visited != nil {
			return r.visited
		}
		r.inside = false
		return nil
	})
}

// entry reads the next entry. An error is about the file as a whole.
func (r *reader) entry(index int) (Recorded, error) {
	odd := func(err error) (Recorded, error) { return Recorded{Index: index, Gap: GapOdd, Odd: err.Error()}, nil }
	text, err := r.value(EntryLimit)
	if errors.Is(err, errLarge) {
		return odd(fmt.Errorf(" is larger than %d MiB", EntryLimit>>20))
	}
	if err != nil {
		return Recorded{}, unexpected(err)
	}
	e, ok := quickEntry(text)
	if !ok {
		e = nil
		err = json.Unmarshal(text, &e)
	}
	kind := (*json.UnmarshalTypeError)(nil)
	if errors.As(err, &kind) && (kind.Value == "array" || kind.Value == "object") && strings.HasSuffix(kind.Field, "headers") {
		e = nil
		err = json.Unmarshal(withPairs(text), &e)
	}
	if errors.As(err, &kind) {
		return odd(errors.New(wrongKind(kind)))
	}
	if err != nil {
		return odd(fmt.Errorf(" is not JSON: %s", lowerFirst(err.Error())))
	}
	e.readBeside(r.beside)
	rec, err := e.recorded(index)
	if err != nil {
		return odd(err)
	}
	return rec, nil
}
