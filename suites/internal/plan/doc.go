// Package plan lists the requests that a run would send, and checks whether its specs
// need a key, without sending anything to the target.
//
// For a document without a pack the plan follows from the document: see package generic.
// For a pack no second list of requests is kept: [Make] runs the suite against reference
// servers in this process and counts what it sends.
package plan
