// Package formats lists the documents that a result can be turned into, by the name
// that the flag --format takes. The command and the tests of what every report has to
// say go through this table; nothing else needs to know all formats.
package formats
