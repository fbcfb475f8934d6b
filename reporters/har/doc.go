// Package har writes and reads recorded traffic as HAR 1.2, the archive format of
// browsers and proxies (http://www.softwareishard.com/blog/har-12-spec/).
//
// Writing: a [Spool] stores exchanges in a file as they happen, and is safe for
// concurrent use. [Merge] makes one HAR from the spools of all processes. Exchanges must
// be redacted before they are added; bodies are cut at [BodyLimit] and
// [RequestLimit].
//
// Reading: [Read] visits the entries one by one. It needs memory for the largest entry
// only, at most [EntryLimit], whatever the size of the file. Recordings of other tools
// are incomplete: bodies are missing or decoded, responses come from a cache, exporters
// leave out headers. A [Recorded] says what is missing, so that a gap in the recording is
// never reported as a fault of the server. An entry in another form than HAR does not
// stop the others from being read.
//
// This package has its own reader because existing libraries trust recordings, and this
// one has to question them.
package har
