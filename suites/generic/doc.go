// Package generic tests any OpenAPI document: what the document, HTTP and JSON promise,
// and nothing specific to one API. It names no operation, id, path or header of an API.
// [Register] declares the specs, [Plan] lists their requests.
//
// # How little is asked
//
// Each operation gets a handful of requests, see [config.Depth]: a valid one, its query
// parameters, wrong input, no credential and a wrong one, another method, HEAD, and the
// same read again. A refusal (4xx) of a valid request is no finding, because only the
// user knows what exists at the target. The spec is skipped and says which value to give.
//
// # Where ids come from
//
// A path parameter is filled from responses of the target: the list of its collection, a
// Link Object, Location and body of a creation; see finder. Each read is sent once per
// process and inspected by every spec that needs it.
//
// # Harm
//
// The method determines what a request may do, unless x-effect says otherwise. What a
// spec creates it deletes again if the document has a DELETE for it; what exists already
// is deleted only with --safety delete. A thing that specs leave as it is they share, see
// [use]: it is deleted after the last one.
package generic
