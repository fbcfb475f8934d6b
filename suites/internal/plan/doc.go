// Package plan says which requests a run would send, and which specs need a key,
// without sending anything to the target.
//
// For a document without a pack the plan follows from the document: see package
// generic. For a pack no second list of requests is kept: [Make] has the suite run
// against reference servers in this process and counts what it sends.
package plan
