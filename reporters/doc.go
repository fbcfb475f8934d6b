// Package reporters holds the result of a run and decides what it says. The packages
// below it turn a result into the documents that people and machines read.
//
// The result is a [Run]: plain data, redacted before it gets here, complete in
// itself. Nothing in this room sends requests, knows Ginkgo or reads the environment.
//
//	run := reporters.Build(material) // what the rules of the verdict are
//	reporters.WriteJSON(w, run)      // for programs, and for ReadJSON
//
// [Build] decides: which findings are one cause, which specs a cause is charged to,
// what became of each requirement, and the verdict. [Fails] says whether a violation
// fails a run. The writers only show it:
//
//	text      summary for a terminal, plan, progress
//	html      one page for people
//	junit     JUnit XML
//	ci        GitHub workflow commands, SARIF, Markdown, badge
//	formats   the table of all of them
//	baseline  known findings: the list, and a result in its light
//	diff      what changed between two results
//	merge     one result of several
//	har       recorded traffic: HAR read and written
//
// They import this package and share internal/wording and internal/escape; of one
// another they know nothing, but that a page can show a diff.
//
// What a target answered is hostile input. The writers escape it, cut it, and keep
// their files bounded and well-formed whatever it is; they do not redact: secrets must
// not get into a Run.
package reporters
