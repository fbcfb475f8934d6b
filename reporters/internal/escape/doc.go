// Package escape makes text of a target safe to show. Everything that a report takes
// from a response, a document or a file passes through [Line], [Lines] or
// [ShellCommand], which leave nothing that a terminal obeys, that reorders text, or
// that XML 1.0 forbids, and which bound its length. Escaping for HTML, XML or Markdown
// comes after it and is the business of these formats.
package escape
