// Package recorded judges recorded traffic: HAR files of the suite or of other tools.
//
// [Verify] reads each file twice: first for the credentials in it, so that no report
// shows one, then to judge the exchanges one by one by the rules that a recording can
// show. What a recording hides, and what stands in front of an API may answer on its
// own, is no fault of the API.
package recorded
