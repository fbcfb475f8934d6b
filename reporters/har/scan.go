package har

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"slices"
)

// A scanner splits JSON text into values and holds one at a time. It finds the end of a
// value by strings and brackets only; whether the value is valid JSON is up to its
// reader.
type scanner struct {
	in    *bufio.Reader
	at    int64 // bytes consumed
	start int64 // where the last value started
	buf   []byte
}

// next skips white space and returns the following byte without consuming it.
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

// take consumes the byte that next returned.
func (s *scanner) take() {
	_, _ = s.in.Discard(1)
	s.at++
}

// errLarge says that a value exceeds its limit. It was skipped.
var errLarge = errors.New("too large")

// value consumes the next value and returns its text, which is valid until the next call.
// A value of more than limit bytes is skipped to its end, and errLarge is returned.
func (s *scanner) value(limit int) ([]byte, error) {
	if _, err := s.next(); err != nil {
		return nil, err
	}
	s.buf, s.start = s.buf[:0], s.at
	if cap(s.buf) > 1<<20 {
		s.buf = nil // the buffer of one large entry is not kept for small ones
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

// text consumes the next value, which must be a string: a property name.
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

// An ending finds the end of a value in consecutive pieces of its text.
type ending struct {
	over            bool
	scalar          bool // a number, true, false or null, which ends before the next byte
	quoted, escaped bool // inside a string, after a backslash
	depth           int  // number of open brackets
}

// find returns the number of bytes of piece that belong to the value.
func (e *ending) find(piece []byte) int {
	for i := 0; i < len(piece); i++ {
		if e.quoted && !e.escaped { // most of a text is strings
			for i < len(piece) && piece[i] != '"' && piece[i] != '\\' {
				i++
			}
			if i == len(piece) {
				break
			}
		}
		c := piece[i]
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
