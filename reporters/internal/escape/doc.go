// Package escape makes text of a target safe to show. Everything that a report takes from
// a response, a document or a file passes through [Line], [Lines] or [ShellCommand]. They
// bound its length and leave nothing that controls a terminal, reorders text, or is
// forbidden in XML 1.0. Escaping for HTML, XML or Markdown follows in the packages of
// these formats.
package escape
