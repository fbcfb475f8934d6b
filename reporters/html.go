package reporters

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
)

//go:embed page/report.html.tmpl
var pageText string

//go:embed page/report.css
var pageCSS string

//go:embed page/report.js
var pageJS string

// WriteHTML writes the result as one page for people. It loads nothing: styles
// and script are inside, and a content security policy forbids everything but
// these two by their hashes, so that nothing that a target answered could run
// even if it got through the escaping. Without a script the page shows all that
// it has; the script adds filtering and copying.
//
// The page is bounded like the other reports: bodies are cut at 8 KiB, headers
// at 60, and every cause shows one exchange.
func WriteHTML(w io.Writer, run *Run) error {
	page, err := template.New("report").Funcs(pageFuncs).Parse(pageText)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := page.Execute(&buf, newPage(run)); err != nil {
		return err
	}
	_, err = w.Write(buf.Bytes())
	return err
}

// policy allows the one style sheet and the one script that the page has.
func policy() string {
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; style-src " + hash(pageCSS) + "; script-src " + hash(pageJS) +
		"; base-uri 'none'; form-action 'none'"
}

// pageFuncs are what the template calls. Every text of a run goes through t or
// excerpt, which leave nothing that reorders text or is not printable; escaping for
// HTML is the template's.
var pageFuncs = template.FuncMap{
	"t":        func(v any) string { return line(text2(v), unlimited) },
	"excerpt":  func(s string) string { return cut(lines(s), bodyLimit) },
	"title":    verdictTitle,
	"duration": duration,
	"precise":  precise,
	"sum":      func(a, b int) int { return a + b },
	"class":    outcomeClass,
	"word":     outcomeWord,
	"meter":    meter,
	"reasons":  reasonsOf,
}
