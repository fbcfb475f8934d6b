package result

import (
	"errors"
	"fmt"
)

// Kinds of errors of [run.Run], for errors.Is. A wrong setting is a [config.Error]
// instead.
var (
	// ErrDocument: the contract cannot be used.
	ErrDocument = errors.New("document error")
	// ErrUnreachable: the target does not accept connections or talk HTTP.
	ErrUnreachable = errors.New("target unreachable")
	// ErrDown: the target as a whole fails, refuses the key, is another server, or went
	// away. Run returns the result as well.
	ErrDown = errors.New("target down")
	// ErrNothingTested: no spec was selected, or all were skipped. In the second case Run
	// returns the result as well.
	ErrNothingTested = errors.New("nothing tested")
	// ErrProcess: a process of a run with several has died. Run also returns the result
	// of what was tested.
	ErrProcess = errors.New("a process died")
	// ErrSuite: the suite itself has a bug.
	ErrSuite = errors.New("fault of the suite")
)

// kindError is an error whose text need not name its kind.
type kindError struct {
	kind error
	text string
}

// Errorf returns an error of a kind, for errors.Is, with the formatted text alone.
func Errorf(kind error, format string, args ...any) error {
	return &kindError{kind, fmt.Sprintf(format, args...)}
}

func (e *kindError) Error() string { return e.text }
func (e *kindError) Unwrap() error { return e.kind }
