// Package sample makes values that meet a schema of a document: the inputs of
// requests, and the answers of a server that knows nothing but the document.
//
// What the document shows comes first: an example, a default, a const, the first
// member of an enum. Only then is a value made of type, format, pattern, bounds
// and composition. Each value is checked by the compiled schema before it is
// returned, so that none is a guess: a schema for which no value is found says so.
//
// Values are the same in every run: they depend on the schema and on a number
// that tells one value of a schema from another.
package sample
