// Package formats lists the formats that a result can be written in, by the name that the
// flag --format takes. The command and the tests of all reports use this table; nothing
// else needs to know all formats.
package formats
