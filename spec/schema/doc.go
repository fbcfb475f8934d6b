// Package schema compiles the schemas of an OpenAPI document, all with one compiler, each
// once.
//
// OpenAPI 3.0 has its own dialect, and published documents contain keywords that have no
// meaning where they are. [New] therefore rewrites every schema of the document in JSON
// Schema 2020-12, at its original location: nullable becomes a type, boolean bounds
// become numbers, siblings of a $ref of 3.0 are dropped, and a keyword with an invalid
// value is left out and reported as a problem of the document. Annotations (titles,
// examples) are not kept, so that GitHub's document of 13 MB needs only a few.
//
// Patterns are ECMA-262: see [ECMA].
package schema
