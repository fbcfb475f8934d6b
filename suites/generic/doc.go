// Package generic tests any OpenAPI document: what the document, HTTP and JSON
// promise, and nothing that only one API means. No operation, id, path or header of
// an API is named here.
//
// # How little is asked
//
// Each operation gets a handful of requests, see [config.Depth]: a valid one, its query
// parameters, wrong input, no credential and a wrong one, another method, HEAD, and
// the same read again. An answer to a valid request that is a refusal (4xx) is no
// finding: nobody but the user knows what there is at the target. It is a skip that
// says which value to give.
//
// # Where ids come from
//
// A path parameter is filled from what the target shows: the list of its
// collection, a Link Object, Location and body of a creation; see finder. Each read
// is sent once in a process and looked at by every spec that needs it.
//
// # Harm
//
// The method decides what a request may do, unless x-effect says it. What a spec
// creates it deletes again where the document has a DELETE for it; what is there
// already is deleted only with --safety delete.
package generic
