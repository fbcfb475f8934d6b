// Package document reads OpenAPI documents into a tree of nodes with line numbers, and
// reports their faults.
//
// [Parse] reads JSON and YAML. YAML is read by the core schema of YAML 1.2 (section
// 10.3.2), as the OpenAPI Specification requires, plus merge keys, which it lacks and
// documents use: see [Value]. [Load] also reads the local files that references name and
// bundles them into the same tree, so that all other code deals with JSON Pointers into
// one document.
//
// A fault disables only the part that it concerns: it becomes a [Problem] with an id and
// a line. Only a text that is no OpenAPI 3.0, 3.1 or 3.2 document at all is an error.
//
// [Document.Visit] visits the objects of the specification by kind, so that callers need
// not guess whether a member called "example" is an example or a property of that name.
//
// A Document is immutable once loaded, and safe for concurrent use.
package document
