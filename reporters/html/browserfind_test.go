package html

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestBrowserFindsValuesAndPlaces: a search leads, by keyboard, to the finding whose
// location or response contains the words, and highlights them.
func TestBrowserFindsValuesAndPlaces(t *testing.T) {
	b := newBrowser(t)
	b.open(t, sample.SeveralPlaces(30))
	const results = `[...document.querySelectorAll('#results li')].map(e => e.textContent)`
	search := func(words string) []string {
		b.do(t, chromedp.Evaluate(fmt.Sprintf(`(() => { const q = document.querySelector('#filter [name=q]'); q.value = %q; q.dispatchEvent(new Event('input', {bubbles: true})); q.focus() })()`, words), nil))
		return eval[[]string](t, b, results)
	}
	for _, tt := range []struct{ words, first string }{
		{"$.entries[0].amount", "ACT-ROW-001 · GET /api/v2/billing/activity -> 200 $.entries[0].amountwant number, got \"98.75\" (string)"},
		{"$.entries[17].amount", "ACT-ROW-001 · GET /api/v2/list16 -> 200 $.entries[17].amountwant number, got \"98.75\" (string)"},
		{"a time that ends", "ACT-UTC-001 · GET /api/v2/billing/activity -> 200 $.entries[0].datea time that ends in Z"},
		{"charged once", "PAY-ONCE-001 · an invoice is charged once"},
		{"$.entries[*].method", "Coverage of the contract · GET /api/v2/billing/activity · 200 $.entries[*].method = swish"},
		{"entries[*].fee", "Drift · GET /api/v2/billing/activity$.entries[*].fee12"},
	} {
		if got := search(tt.words); len(got) == 0 || got[0] != tt.first {
			t.Errorf("%s leads to %q, want first %q", tt.words, got, tt.first)
		}
	}
	if got := search("98.75"); len(got) < 9 || got[8] != "and 23 more findings" {
		t.Errorf("a value leads to %q", got)
	}
	if got := search("date"); len(got) < 2 || !strings.HasPrefix(got[0], "ACT-UTC-001 · ") {
		t.Errorf("what a place says comes before what stands beside it: %q", got)
	}
	search("$.entries[17].amount")
	b.do(t, chromedp.KeyEvent("\r"))
	b.until(t, `location.hash && document.querySelector(location.hash).open && document.querySelector(location.hash).textContent.includes('list16')`,
		"Enter does not open the place that was found")
	if eval[bool](t, b, `document.querySelector(location.hash + ' .author').open`) {
		t.Error("ids are not folded")
	}
	if got := search(""); len(got) != 0 {
		t.Errorf("without words there are results: %q", got)
	}
	b.quiet(t)
}

// TestBrowserLeadsBelowTheBar: at every width the bar of sections stays visible, and the
// target of a link is below it, with an outline that is not covered.
func TestBrowserLeadsBelowTheBar(t *testing.T) {
	b := newBrowser(t)
	for _, width := range []int64{390, 1280} {
		b.do(t, chromedp.EmulateViewport(width, 800))
		b.open(t, sample.SeveralPlaces(30))
		for _, id := range []string{"findings", "finding-2", "finding-20", "requirements", "skipped", "specs"} {
			b.do(t, chromedp.Evaluate(`location.hash = '#`+id+`'`, nil))
			// Scrolling may be smooth: it has ended when the position no longer changes.
			eval[bool](t, b, `new Promise(done => { let was = -1; const look = () => { if (scrollY === was) done(true); else { was = scrollY; setTimeout(look, 100) } }; look() })`)
			got := eval[map[string]float64](t, b, `(() => { const bar = document.querySelector('.bar').getBoundingClientRect(), to = document.getElementById('`+id+`').getBoundingClientRect();
				return { bar: bar.top, below: to.top - bar.bottom, end: document.documentElement.scrollHeight - innerHeight - scrollY } })()`)
			if got["bar"] != 0 && got["end"] > 1 {
				t.Errorf("%d pixels, %s: the bar is not at the top: %v", width, id, got)
			}
			if got["below"] < 0 {
				t.Errorf("%d pixels, %s: it is under the bar: %v", width, id, got)
			}
		}
		if s := eval[string](t, b, `(location.hash = '#finding-2', getComputedStyle(document.querySelector('#finding-2')).backgroundColor === getComputedStyle(document.querySelector('#finding-1')).backgroundColor ? '' : 'painted')`); s != "" {
			t.Errorf("%d pixels: what a link leads to is %s", width, s)
		}
		if n := eval[int](t, b, `document.querySelectorAll('[aria-hidden] a, summary a').length`); n > 0 {
			t.Errorf("%d links cannot be reached", n)
		}
	}
	b.quiet(t)
}

// TestBrowserShowsManyAtOnce: a result of 1,200 operations is painted within a second,
// and a search in it takes at most half a second.
func TestBrowserShowsManyAtOnce(t *testing.T) {
	b := newBrowser(t)
	b.open(t, sample.ManyOperations(1200, 12))
	paint := eval[float64](t, b, `new Promise(done => new PerformanceObserver(l => done(l.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1)).observe({type: 'paint', buffered: true}))`)
	searched := eval[float64](t, b, `(() => { const q = document.querySelector('#filter [name=q]'); q.value = 'operation/7'; const t = performance.now(); q.dispatchEvent(new Event('input', {bubbles: true})); document.body.offsetHeight; return performance.now() - t })()`)
	t.Logf("first paint after %.0f ms, a search takes %.0f ms", paint, searched)
	if os.Getenv("TEST_TIMES") == "" {
		return // timing means little on a busy machine
	}
	if paint > 1000 || searched > 500 {
		t.Errorf("first paint after %.0f ms, a search takes %.0f ms", paint, searched)
	}
}
