package har

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"slices"
)

// A scanner cuts JSON text into values and holds one of them at a time. Where a
// value ends it knows from strings and brackets; whether it is JSON is for the
// reader of the value to say.
type scanner struct {
	in    *bufio.Reader
	at    int64 // bytes taken
	start int64 // where the last value began
	buf   []byte
}

// next passes over white space and returns the byte that follows without taking
// it.
func (s *scanner) next() (byte, error) {
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return 0, err
		}
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c, s.in.UnreadByte()
		}
		s.at++
	}
}

// take takes the byte that next has returned.
func (s *scanner) take() {
	_, _ = s.in.Discard(1)
	s.at++
}

// errLarge says that a value is larger than it may be. It was passed over.
var errLarge = errors.New("too large")

// value takes the next value and returns its text, which is good until the next
// call. Of a value of more than limit bytes it keeps nothing, takes it to its end
// and returns errLarge.
func (s *scanner) value(limit int) ([]byte, error) {
	if _, err := s.next(); err != nil {
		return nil, err
	}
	s.buf, s.start = s.buf[:0], s.at
	if cap(s.buf) > 1<<20 {
		s.buf = nil // that of one large entry is not kept for the small ones
	}
	large := false
	for end := (ending{}); !end.over; {
		if _, err := s.in.Peek(1); err != nil {
			if end.scalar && errors.Is(err, io.EOF) {
				break
			}
			return nil, unexpected(err)
		}
		chunk, _ := s.in.Peek(s.in.Buffered())
		n := end.find(chunk)
		if large = large || len(s.buf)+n > limit; large {
			s.buf = nil
		} else {
			s.buf = append(s.buf, chunk[:n]...)
		}
		_, _ = s.in.Discard(n)
		s.at += int64(n)
	}
	if large {
		return nil, errLarge
	}
	return s.buf, nil
}

// text takes the next value, which has to be a string: the name of a member.
func (s *scanner) text() (string, error) {
	raw, err := s.value(1 << 20)
	if err != nil {
		return "", err
	}
	var name string
	if raw[0] != '"' {
		return "", s.invalid(raw[0], "looking for beginning of object key string")
	}
	err = json.Unmarshal(raw, &name)
	return name, err
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// An ending looks for the end of a value, in one piece of its text after the
// other.
type ending struct {
	over            bool
	scalar          bool // a number, true, false or null: it ends before what follows
	quoted, escaped bool // inside a string, after a backslash
	depth           int  // open brackets
}

// find returns how many bytes of the piece belong to the value.
func (e *ending) find(piece []byte) int {
	for i, c := range piece {
		switch {
		case e.escaped:
			e.escaped = false
		case e.quoted:
			e.escaped, e.quoted = c == '\\', c != '"'
			e.over = !e.quoted && e.depth == 0
		case c == '"' && !e.scalar:
			e.quoted = true
		case (c == '{' || c == '[') && !e.scalar:
			e.depth++
		case (c == '}' || c == ']') && e.depth > 0:
			e.depth--
			e.over = e.depth == 0
		case e.depth > 0:
		case e.scalar && slices.Contains([]byte(",:]}{[\" \t\r\n"), c):
			e.over = true
			return i
		default:
			e.scalar = true
		}
		if e.over {
			return i + 1
		}
	}
	return len(piece)
}
