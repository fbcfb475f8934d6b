// Package request builds requests from a document alone: every input that is
// required gets a value, every optional one can have one.
//
// A value is, in this order, what the user gave (name=value), what an answer of
// the target showed (of a parameter of the path), a documented example, and what
// [spec.Sampler] makes of the schema. An input without a value is an error that
// names it and says what to do; nothing is ever left blank.
//
// A [Draft] is a request before it is written: values by place and name. Variants
// with other values are made of it; [Builder.Request] writes it as styles, media
// types and encodings of the document say.
package request
