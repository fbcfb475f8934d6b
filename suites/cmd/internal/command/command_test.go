package command

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

func TestExit(t *testing.T) {
	tests := []struct {
		err  error
		code int
		text string
	}{
		{nil, 0, ""},
		{&exitError{code: 1}, 1, ""},
		{usagef("two\nlines"), 2, "hostup-conformance: two lines\n"},
		{&config.Error{Problems: []string{"a", "b"}}, 2, "hostup-conformance: a\nhostup-conformance: b\n"},
		{fmt.Errorf("no: %w", suites.ErrUnreachable), 3, "hostup-conformance: no: target unreachable\n"},
		{fmt.Errorf("no: %w", suites.ErrNothingTested), 3, "hostup-conformance: no: nothing tested\n"},
		{fmt.Errorf("no: %w", suites.ErrSuite), 2, "hostup-conformance: no: fault of the suite\n"},
		{errors.New("x"), 2, "hostup-conformance: x\n"},
	}
	for _, test := range tests {
		var stderr bytes.Buffer
		w := World{Stderr: &stderr}
		if code := w.exit(test.err); code != test.code || stderr.String() != test.text {
			t.Errorf("%v: code %d, text %q, want %d, %q", test.err, code, stderr.String(), test.code, test.text)
		}
	}
}

// TestVerdict: an interruption takes precedence over findings, and findings over an
// untested target.
func TestVerdict(t *testing.T) {
	nothing := fmt.Errorf("none: %w", suites.ErrNothingTested)
	tests := []struct {
		run  reporters.Run
		err  error
		code int
	}{
		{reporters.Run{Verdict: reporters.Conformant}, nil, 0},
		{reporters.Run{Verdict: reporters.Partial}, nil, 0},
		{reporters.Run{Verdict: reporters.NonConformant}, nil, 1},
		{reporters.Run{Verdict: reporters.Partial}, nothing, 3},
		{reporters.Run{Verdict: reporters.NonConformant}, nothing, 1},
		{reporters.Run{Verdict: reporters.NonConformant, Interrupted: true}, nil, 130},
	}
	for _, test := range tests {
		w := World{Stderr: new(bytes.Buffer)}
		if code := w.exit(verdict(&test.run, test.err)); code != test.code {
			t.Errorf("%s, interrupted %v, %v: code %d, want %d", test.run.Verdict, test.run.Interrupted, test.err, code, test.code)
		}
	}
}
