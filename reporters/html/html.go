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

// Write writes the result to w as one HTML page, see the package comment. The content
// security policy keeps text of a target from running as script even if it got through
// the escaping.
//
// The size of the page is limited like that of the other reports: bodies are cut at 8 KiB
// and headers at 60, every cause has one exchange, and of a result with a thousand
// operations only as much is shown as a browser can display at once. report.json is
// complete. An error is that of w, or a bug of this repository.
func Write(w io.Writer, run *reporters.Run) error { return writePage(w, newPage(run)) }

// WriteAgainst is [Write] with a comparison to an earlier result: new causes are marked,
// and those that disappeared are listed.
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

// policy returns the content security policy that allows only the page's own style sheet
// and script.
func policy() string {
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; style-src " + hash(pageCSS) + "; script-src " + hash(pageJS) +
		"; base-uri 'none'; form-action 'none'"
}

// pageFuncs are the functions of the template. Every text of a run passes through t or
// excerpt, which remove characters that reorder text or are not printable. The template
// escapes HTML.
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
