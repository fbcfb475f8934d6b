// Package content reads bodies and headers that are no JSON as the values that their
// schemas are about: a list in a header, the lines of NDJSON, the rows of a CSV file,
// the elements of an XML document, the events of a stream.
//
// OpenAPI says of some of these how a schema applies to them (headers, XML, since 3.2
// streams), of others next to nothing (CSV). Where a document leaves open how a value
// is written, every way that is in use is read, and what can be read in several ways
// is not read at all: see the ok of each function.
package content
