// Package request builds the requests that specs send, from the document.
//
// A [Request] is a value. It is never modified; its With methods return changed copies.
// It holds no secrets: [Auth] and [Key] name a credential, and the client inserts it.
//
// [For] builds the valid request of an operation whose document has examples. Path
// parameters and body properties with x-data take the value that was discovered at the
// target; everything else takes the documented example.
//
// A [Builder] builds requests from a document alone. Every required input gets a value,
// every optional one can get one. The sources, in order: the value that the user gave
// (name=value), for a path parameter a value from a response of the target, a documented
// example, and a value that [spec.Sampler] makes from the schema. If none gives a value,
// the error names the input and says what to do; no input is ever left blank. A [Draft]
// is a request before encoding: values by location and name. Variants are derived from
// it, and [Builder.Request] encodes it with the styles, media types and encodings of the
// document. A Builder is safe for concurrent use.
package request
