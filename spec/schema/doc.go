// Package schema compiles the schemas of an OpenAPI document, all with one
// compiler, each once.
//
// OpenAPI 3.0 has a dialect of its own, and published documents hold keywords
// that mean nothing where they stand. [New] therefore writes every schema of the
// document again in JSON Schema 2020-12, at the place where it stands: nullable
// becomes a type, boolean bounds become numbers, what stands beside a $ref of
// 3.0 goes, and a keyword whose value cannot be one is left out and reported as a
// problem of the document. What says nothing of a value (titles, examples) is not
// kept, so that GitHub's document of 13 MB needs a few.
//
// Patterns are ECMA-262: see [ECMA].
package schema
