// Package document reads OpenAPI documents into a tree of nodes that know their
// lines, and says what is wrong with them.
//
// [Parse] takes JSON and YAML. YAML is read by the core schema of YAML 1.2
// (section 10.3.2), which the OpenAPI Specification asks for, with merge keys,
// which it does not know and documents use: see [Value]. [Load] also reads the
// local files that references lead to and bundles them into the one tree, so
// that everything else deals with JSON Pointers into one document.
//
// A mistake in a document costs what it concerns: it becomes a [Problem] with
// an id and a line. Only a text that is no OpenAPI 3.0, 3.1 or 3.2 document at
// all is an error.
//
// [Document.Visit] visits the objects of the specification by their kind, so that
// nobody has to guess whether a member called "example" is an example or a
// property of that name.
//
// A Document is immutable once it is loaded, and safe for concurrent use.
package document
