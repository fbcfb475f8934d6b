// Package html writes a result as one self-contained HTML page.
//
//	html.Write(w, run)                 // the page of a run
//	html.WriteAgainst(w, run, earlier) // with what changed since an earlier result
//
// The page loads nothing. Style sheet and script are embedded, and a content security
// policy allows only these two, by their hashes. Without the script the page still shows
// everything; the script adds search, filters and copying. Texts of the target are
// escaped by html/template and, before that, by package escape, which removes characters
// that reorder text or are not printable.
//
// The folder page has the template, style sheet and script. The files of this package
// prepare the data for the template: findings.go the cards, exchange.go and body.go the
// recorded exchange with the location of the finding marked, matrix.go the table of
// operations, families.go that of requirements, plot.go the latencies, trend.go the
// comparison, headline.go and exports.go the top of the page.
package html
