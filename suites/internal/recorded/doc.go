// Package recorded judges recorded traffic: HAR files of the suite or of other tools.
//
// [Verify] judges the exchanges of each file one by one by the rules that a recording can
// show. It reads a file again for the exchanges that reports show: only then are all
// credentials known that no report may show. What a recording hides, and what stands in front of an API may answer on its
// own, is no fault of the API.
package recorded
