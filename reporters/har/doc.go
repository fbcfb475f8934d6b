// Package har writes and reads recorded traffic as HAR 1.2, the archive format
// of browsers and proxies (http://www.softwareishard.com/blog/har-12-spec/).
//
// Writing: a [Spool] keeps exchanges in a file while they happen, [Merge] makes
// one HAR of the spools of all processes. What is written has to be redacted
// before; bodies are cut at [BodyLimit].
//
// Reading: [Read] visits one entry after the other, so that the memory that it
// needs is that of the largest entry, at most [EntryLimit], whatever the size of
// the file. Recordings of others do not say everything that a judge wants to
// know: bodies that were discarded or decoded, answers that a cache gave, headers
// that an exporter left out. A [Recorded] says what is missing, so that a gap in
// the recording is never taken for a fault of the server; nor is an entry that has
// another form than HAR taken for a reason to refuse the others.
//
// The reader is our own: to be sceptical about recordings is what it is for, and
// the libraries that there are read them as truth.
package har
