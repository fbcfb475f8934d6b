// Package reporters holds the result of a run and computes its verdict. The packages
// below it render a result for people and programs.
//
// The result is a [Run]: plain data, redacted before it gets here, self-contained. No
// package here sends requests, depends on Ginkgo or reads the environment.
//
//	run := reporters.Build(material) // applies the rules of the verdict
//	reporters.WriteJSON(w, run)      // for programs, and for ReadJSON
//
// [Build] decides which findings are one cause, which specs a cause is charged to, the
// outcome of each requirement, and the verdict. [Fails] says whether a violation fails a
// run. The writers only show these:
//
//	text      summary for a terminal, plan, progress
//	html      one page for people
//	junit     JUnit XML
//	ci        GitHub workflow commands, SARIF, Markdown, badge
//	formats   the table of all of them
//	baseline  known findings: the list, and its application to a result
//	diff      what changed between two results
//	merge     one result of several
//	har       recorded traffic: HAR read and written
//
// They import this package and share internal/wording and internal/escape; they do not
// know each other, except that a page can show a diff.
//
// Text from a target is hostile input. The writers escape and cut it, and keep their
// files bounded and well-formed; they do not redact: secrets must not get into a Run.
// Functions do not modify a Run unless they say so, so writers may run concurrently.
package reporters
