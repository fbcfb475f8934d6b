// Package sample makes values that meet a schema of a document: input for requests, and
// responses of a server that knows only the document. [Maker.Value] is the entry point.
//
// What the document shows comes first: an example, a default, a const, the first member
// of an enum. Otherwise a value is made from type, format, pattern, bounds and
// composition. Each value is validated by the compiled schema before it is returned, so
// none is a guess: a schema without a known value returns an error.
//
// Values are the same in every run: they depend on the schema and on a number that
// distinguishes several values of one schema.
package sample
