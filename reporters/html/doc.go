// Package html writes a result as one HTML page for people.
//
//	html.Write(w, run)                 // the page of a run
//	html.WriteAgainst(w, run, earlier) // with what changed since an earlier result
//
// The page loads nothing: style sheet and script are inside, and a content security
// policy forbids everything else by their hashes. It shows everything without the
// script, which adds searching, filtering and copying. What a target answered is
// escaped by html/template, and before that by package escape, which leaves no
// character that reorders text or is not printable.
//
// The template, style sheet and script are in the folder page. The files of this
// package make what the template shows: findings.go the cards, exchange.go and
// body.go the recorded exchange with the offending place marked, matrix.go the table
// of operations, families.go that of requirements, plot.go the latencies, trend.go
// the comparison, headline.go and exports.go the top of the page.
package html
