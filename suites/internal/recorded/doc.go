// Package recorded judges recorded traffic: HAR files of the suite or of other tools.
//
// [Verify] judges the exchanges of each file one by one, by the rules that a recording
// can show. It reads a file a second time for the exchanges that reports show, because
// only then are all credentials known that reports must hide. What a recorder leaves out,
// and what a proxy in front of the API may send itself, is not blamed on the API.
package recorded
