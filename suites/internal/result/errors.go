package result

import (
	"errors"
	"fmt"
)

// Kinds of errors of [run.Run], for errors.Is. A wrong setting is an
// [config.Error] instead.
var (
	// ErrDocument: the contract cannot be used.
	ErrDocument = errors.New("document error")
	// ErrUnreachable: the target does not accept connections or talk HTTP.
	ErrUnreachable = errors.New("target unreachable")
	// ErrDown: the target as a whole fails, refuses the key, is another server, or
	// went away. Run returns the result too.
	ErrDown = errors.New("target down")
	// ErrNothingTested: no spec was selected, or all of them were skipped. In
	// the second case Run returns the result too.
	ErrNothingTested = errors.New("nothing tested")
	// ErrProcess: a process of a run with several has died. Run returns the result of
	// what was tested, too.
	ErrProcess = errors.New("a process died")
	// ErrSuite: the suite itself is at fault.
	ErrSuite = errors.New("fault of the suite")
)

// kindError is an error with a kind that its text need not name.
type kindError struct {
	kind error
	text string
}

// Errorf returns an error of a kind, for errors.Is, whose text is the format's alone.
func Errorf(kind error, format string, args ...any) error {
	return &kindError{kind, fmt.Sprintf(format, args...)}
}

func (e *kindError) Error() string { return e.text }
func (e *kindError) Unwrap() error { return e.kind }
