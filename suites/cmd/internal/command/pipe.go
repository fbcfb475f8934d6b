package command

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// A stream is standard output or standard error. A reader that has gone away, as in "run
// | head", is no reason to stop: reports must be written and the exit code returned.
// Output without a reader is lost.
type stream struct{ *os.File }

func (s stream) Write(p []byte) (int, error) {
	n, err := s.File.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}

// WriteString implements io.StringWriter, as *os.File does.
func (s stream) WriteString(text string) (int, error) { return s.Write([]byte(text)) }

// ReadFrom implements io.ReaderFrom, as *os.File does.
func (s stream) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{s}, r)
}

// outliveReaders keeps a closed pipe from ending the process: see os/signal on SIGPIPE.
func outliveReaders() { signal.Ignore(syscall.SIGPIPE) }
