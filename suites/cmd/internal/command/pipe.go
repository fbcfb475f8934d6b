package command

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// A stream is standard output or standard error. That its reader has gone away, as
// that of "run | head", is no reason to stop: there are reports to write, and the
// exit code to tell. What the reader does not want is lost.
type stream struct{ *os.File }

func (s stream) Write(p []byte) (int, error) {
	n, err := s.File.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}

// WriteString is that of io.StringWriter, which *os.File has.
func (s stream) WriteString(text string) (int, error) { return s.Write([]byte(text)) }

// ReadFrom is that of io.ReaderFrom, which *os.File has.
func (s stream) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{s}, r)
}

// outliveReaders keeps a closed pipe from ending the process: see os/signal on
// SIGPIPE.
func outliveReaders() { signal.Ignore(syscall.SIGPIPE) }
