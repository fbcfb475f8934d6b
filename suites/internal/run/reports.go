package run

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/html"
	"github.com/hostup/api-conformance/reporters/junit"
)

// reportFiles are the files of a report directory.
var reportFiles = []struct {
	name  string
	write func(io.Writer, *reporters.Run) error
}{
	{"junit.xml", junit.Write},
	{"report.json", reporters.WriteJSON},
	{"report.html", html.Write},
}

// PrepareReports creates the directory and removes reports of earlier runs from it, so
// that a run that fails early leaves no outdated green report behind. The error says that
// the directory cannot be written. undo removes the directories that were created, as far
// as they are empty.
func PrepareReports(dir string) (undo func(), err error) {
	made := missing(dir)
	undo = func() {
		for _, d := range made {
			os.Remove(d) // it fails unless the directory is empty
		}
	}
	if err := prepare(dir); err != nil {
		undo()
		return nil, reportTrouble(dir, err)
	}
	return undo, nil
}

// missing returns the directories of a path that do not exist, the innermost first.
func missing(dir string) (list []string) {
	for d := filepath.Clean(dir); ; d = filepath.Dir(d) {
		if _, err := os.Lstat(d); !errors.Is(err, fs.ErrNotExist) {
			return list
		}
		list = append(list, d)
	}
}

func prepare(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".hostup-conformance-*")
	if err != nil {
		return err
	}
	f.Close()
	if err := os.Remove(f.Name()); err != nil {
		return err
	}
	for _, file := range reportFiles {
		if err := os.Remove(filepath.Join(dir, file.name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// WriteReports writes every report of a run to a directory. All appear, each whole, or, on
// a full disk, none: one of them alone would pass for the result.
func WriteReports(dir string, run *reporters.Run) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return reportTrouble(dir, err)
	}
	var written []string
	defer func() {
		for _, name := range written {
			os.Remove(name) // it fails for those that are in place
		}
	}()
	for _, file := range reportFiles {
		var buf bytes.Buffer
		if err := file.write(&buf, run); err != nil {
			return fmt.Errorf("cannot make %s: %w", file.name, err)
		}
		name, err := beside(filepath.Join(dir, file.name), func(f *os.File) error {
			_, err := f.Write(buf.Bytes())
			return err
		})
		if err != nil {
			return reportTrouble(dir, err)
		}
		written = append(written, name)
	}
	for i, file := range reportFiles {
		if err := os.Rename(written[i], filepath.Join(dir, file.name)); err != nil {
			return reportTrouble(dir, err)
		}
	}
	return nil
}

// replaceWith puts a file in place in one step.
func replaceWith(path string, write func(*os.File) error) error {
	name, err := beside(path, write)
	if err != nil {
		return err
	}
	if err := os.Rename(name, path); err != nil {
		os.Remove(name)
		return err
	}
	return nil
}

// beside writes a file for path under another name, which it returns. There is none after
// an error.
func beside(path string, write func(*os.File) error) (name string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return "", err
	}
	err = write(f)
	// Temporary files are private, but CI steps of other users publish reports.
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

func reportTrouble(dir string, err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("cannot write reports to %s: %w: choose another directory with --report-dir", dir, err)
}
