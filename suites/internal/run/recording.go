package run

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/hostup/api-conformance/reporters/har"
	"github.com/hostup/api-conformance/suites/config"
)

// A recording stores the exchanges of a run until they become the file that the setting
// har names. Each process has its own spool in one directory, which the parent creates
// and removes.
type recording struct {
	dir   string
	mine  bool // this process created dir
	spool *har.Spool
}

// record starts the recording if the configuration asks for one.
func (s *Session) record(process int) error {
	if s.Config.HAR == "" {
		return nil
	}
	dir, err := os.MkdirTemp("", "hostup-conformance-har-")
	if err != nil {
		return &config.Error{Problems: []string{fmt.Sprintf("--har needs a directory for temporary files: %v: name one with TMPDIR", err)}}
	}
	s.recording = &recording{dir: dir, mine: true}
	return s.spool(process)
}

// spool starts the spool of this process.
func (s *Session) spool(process int) (err error) {
	r := s.recording
	if r.spool, err = har.NewSpool(filepath.Join(r.dir, fmt.Sprintf("process-%d", process))); err != nil {
		return recordingTrouble(s.Config.HAR, err)
	}
	s.Env.OnExchange = r.spool.Add
	return nil
}

// writeRecording puts the file in place in one step, or leaves none.
func (s *Session) writeRecording() error {
	r := s.recording
	if r == nil {
		return nil
	}
	err := r.spool.Close()
	spools, globErr := filepath.Glob(filepath.Join(r.dir, "process-*"))
	comment := fmt.Sprintf("Every exchange of a run, without secrets: ‹redacted …› stands for them. Bodies are those after content decoding, cut at %d bytes in a request and %d in a response; the member comment of a body says so.", har.RequestLimit, har.BodyLimit)
	if s.outcome.Interrupted {
		comment += " The run was interrupted."
	}
	if err = errors.Join(err, globErr); err == nil {
		err = replaceWith(s.Config.HAR, func(f *os.File) error {
			return har.Merge(f, har.Head{Version: s.opt.Version, Comment: comment}, spools...)
		})
	}
	if err != nil {
		return recordingTrouble(s.Config.HAR, err)
	}
	return nil
}

// flush stores the exchanges so far where they outlive this process. It accepts nil.
func (r *recording) flush() {
	if r != nil {
		r.spool.Flush()
	}
}

func (r *recording) close() {
	if r == nil {
		return
	}
	if r.spool != nil {
		_ = r.spool.Close() // a second Close is harmless, and writeRecording has reported errors of the first
	}
	if r.mine {
		os.RemoveAll(r.dir)
	}
}

// bare returns an error of a file without its path.
func bare(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}

// PrepareRecording checks that a file can be written, and removes that of an earlier run,
// so that a run that fails early leaves no outdated one. An empty path is fine. The error
// is a *config.Error.
func PrepareRecording(path string) error {
	if path == "" {
		return nil
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return recordingTrouble(path, errors.New("it is no file"))
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".hostup-conformance-*")
	if err == nil {
		f.Close()
		err = os.Remove(f.Name())
	}
	if err == nil {
		if err = os.Remove(path); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err != nil {
		return recordingTrouble(path, err)
	}
	return nil
}

// recordingTrouble returns a *config.Error, as for a wrong setting.
func recordingTrouble(path string, err error) error {
	return &config.Error{Problems: []string{fmt.Sprintf("cannot write the exchanges to %s: %v: choose another file with --har", path, bare(err))}}
}
