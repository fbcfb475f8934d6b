// Package request builds the requests that specs send, from the document.
//
// A [Request] is a value: the With methods return changed copies, and none is ever
// changed in place. It holds no secret: [Auth] and [Key] name one, and the client
// puts it in.
//
// [For] makes the valid request of an operation whose document has examples: path
// parameters and properties of the body that it marks with x-data take the value that
// was discovered at the target, everything else takes the documented example.
//
// A [Builder] makes requests from a document alone: every input that is required gets
// a value, every optional one can have one. A value is, in this order, what the user
// gave (name=value), what a response of the target showed (of a parameter of the
// path), a documented example, and what [spec.Sampler] makes of the schema. An input
// without a value is an error that names it and says what to do; nothing is ever left
// blank. A [Draft] is a request before it is written: values by location and name.
// Variants with other values are made of it; [Builder.Request] writes it as styles,
// media types and encodings of the document say.
package request
