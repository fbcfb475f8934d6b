// Package wording holds the sentences that all reports share, so that a cause, a reason
// or a count reads the same everywhere: a violation ([Finding], [Group]), why a run ended
// as it did ([Why], [Besides]), which part of the contract it tested ([Scope]), one
// likely reason for most findings ([Hints]), and the outcomes for each operation
// ([OperationSummaries]).
//
// The functions are pure. Their results are escaped and of bounded length.
package wording
