package html

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/diff"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

//go:embed page/report.html.tmpl
var pageText string

//go:embed page/report.css
var pageCSS string

//go:embed page/report.js
var pageJS string

// Write writes the result as one page for people. It loads nothing: styles
// and script are inside, and a content security policy forbids everything but
// these two by their hashes, so that nothing that a target answered could run
// even if it got through the escaping. Without a script the page shows all that
// it has; the script adds searching, filtering and copying.
//
// The page is bounded like the other reports: bodies are cut at 8 KiB, headers
// at 60, every cause shows one exchange, and of a result of a thousand operations
// only the part that a browser shows at once; report.json has all of it.
func Write(w io.Writer, run *reporters.Run) error { return writePage(w, newPage(run)) }

// WriteAgainst is WriteHTML with what changed since an earlier result: the
// causes that are new are marked, those that are gone are listed.
func WriteAgainst(w io.Writer, run, earlier *reporters.Run) error {
	p := newPage(run)
	p.compare(diff.Results(earlier, run))
	return writePage(w, p)
}

func writePage(w io.Writer, p *page) error {
	t, err := template.New("report").Funcs(pageFuncs).Parse(pageText)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := t.Execute(&buf, p); err != nil {
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
	"t":        func(v any) string { return escape.Line(text2(v), escape.Unlimited) },
	"t2":       escape.Lines,
	"excerpt":  func(s string) string { return escape.Cut(escape.Lines(s), escape.BodyLimit) },
	"title":    wording.VerdictTitle,
	"duration": wording.Duration,
	"precise":  wording.Precise,
	"sum":      func(a, b int) int { return a + b },
	"count":    func(n int, noun string) string { return wording.Count(n, noun) },
	"class":    wording.OutcomeClass,
	"word":     wording.OutcomeWord,
	"meter":    meter,
	"reasons":  reasonsOf,
}
