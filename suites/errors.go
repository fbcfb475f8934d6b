package suites

import "github.com/hostup/api-conformance/suites/internal/result"

// Kinds of errors of [Run], for errors.Is. A wrong setting is a [config.Error] instead.
var (
	// ErrDocument: the contract cannot be used.
	ErrDocument = result.ErrDocument
	// ErrUnreachable: the target does not accept connections or talk HTTP.
	ErrUnreachable = result.ErrUnreachable
	// ErrDown: the target as a whole fails, refuses the key, is another server, or went
	// away. Run returns the result as well.
	ErrDown = result.ErrDown
	// ErrNothingTested: no spec was selected, or all were skipped. In the second case Run
	// returns the result as well.
	ErrNothingTested = result.ErrNothingTested
	// ErrProcess: a process of a run with several has died. Run also returns the result
	// of what was tested.
	ErrProcess = result.ErrProcess
	// ErrSuite: the suite itself has a bug.
	ErrSuite = result.ErrSuite
)
