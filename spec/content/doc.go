// Package content reads non-JSON bodies and headers as the values that their schemas
// describe: a list in a header, the lines of NDJSON, the rows of a CSV file, the elements
// of an XML document, the events of a stream.
//
// OpenAPI defines for some of these how a schema applies (headers, XML, since 3.2
// streams), for others almost nothing (CSV). Where the document leaves the serialization
// open, every common form is accepted, and what can be read in several ways is not read
// at all: see the ok result of each function.
package content
