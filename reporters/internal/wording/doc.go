// Package wording holds the sentences that all reports share, so that a cause, a
// reason or a count is told alike in each of them: a violation ([Finding], [Group]),
// why a run ended as it did ([Why], [Besides]), which part of the contract it tested
// ([Scope]), one likely reason for most of what it found ([Hints]), and what became
// of the requirements of each operation ([OperationSummaries]).
//
// The functions are pure. What they return is escaped and of bounded length.
package wording
