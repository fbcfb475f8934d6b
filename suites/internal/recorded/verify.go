package recorded

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/har"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/result"
	"github.com/hostup/api-conformance/suites/redact"
)

// Verify judges recorded traffic by the rules that a recording can show: those of single
// exchanges, and unique request ids. It sends nothing. Of cfg it uses Strict, Profile and
// BaseURL: if set, only requests to that origin are judged. Without a contract it loads
// the built-in one.
//
// The files are HAR. They are read a second time for the exchanges that reports show,
// once all credentials in them are known, so that no report shows one.
//
// The result has a spec for each operation and requirement that the recording exercises,
// and a skipped one for every other requirement: recorded traffic never covers the whole
// contract. The error is a [config.Error] for a file that cannot be read or is not HAR,
// or of kind [result.ErrNothingTested] if no request can be judged; the result is nil
// then.
func Verify(cfg config.Config, files []string, contract *spec.Contract, version string) (*reporters.Run, error) {
	started := time.Now()
	if contract == nil {
		var err error
		if contract, err = packs.Default(); err != nil {
			return nil, result.Errorf(result.ErrDocument, "%v", err)
		}
	}
	keys := recordedKeys{base: cfg.BaseURL, contract: contract, names: cfg.Names, known: map[string]redact.Credential{}, secret: map[string]bool{}}
	v := newVerifier(cfg, contract, len(files))
	for i, path := range files {
		take := func(r har.Recorded) error { keys.collect(r); v.take(r, i); return nil }
		if err := readRecording(path, func(int) bool { return true }, take); err != nil {
			return nil, err
		}
	}
	v.redactor = cfg.Redactor(keys.list()...)
	v.redactor.Public(contract.Word)
	if v.judged == 0 {
		return nil, v.nothing()
	}
	for i, path := range files {
		if err := v.keepExamples(i, path); err != nil {
			return nil, err
		}
	}
	settings := cfg.Settings()
	settings.Safety, settings.Procs, settings.Seed, settings.LabelFilter = config.ReadOnly.String(), 1, 0, ""
	records := v.records()
	return result.Build(v.redactor, reporters.Material{
		Suite:     reporters.Suite{Name: "hostup-conformance", Version: cmp.Or(version, "dev")},
		Document:  result.DocumentOf(contract),
		Target:    reporters.Target{URL: strings.Join(v.origins(), ", "), Recording: v.recording(files)},
		Settings:  settings,
		Started:   started,
		Duration:  time.Since(started),
		Notices:   v.notices(),
		Problems:  result.DocumentProblems(contract, records),
		Catalogue: result.Catalogue(contract, records),
		Universe:  contract.Universe().Items(),
		Specs:     records,
	}), nil
}

// readRecording reads a file; its errors name the file.
func readRecording(path string, want func(index int) bool, visit func(har.Recorded) error) error {
	f, err := os.Open(path)
	if err == nil {
		defer f.Close()
		if info, statErr := f.Stat(); statErr == nil && info.IsDir() {
			return &config.Error{Problems: []string{fmt.Sprintf("cannot read %s: is a directory", path)}}
		} else if statErr == nil && !info.Mode().IsRegular() {
			return &config.Error{Problems: []string{fmt.Sprintf("%s is no regular file: a recording is read twice", path)}}
		}
		var beside fs.FS
		if root, rootErr := os.OpenRoot(filepath.Dir(path)); rootErr == nil { // no link leads out of it
			defer root.Close()
			beside = root.FS()
		}
		if err = har.ReadSome(f, beside, want, visit); err == nil || errors.Is(err, errEnough) {
			return nil
		}
	}
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return &config.Error{Problems: []string{fmt.Sprintf("cannot read %s: %v", path, p.Err)}}
	}
	return &config.Error{Problems: []string{fmt.Sprintf("%s: %v", path, err)}}
}
