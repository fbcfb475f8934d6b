package html

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// A browser is a headless Chromium that opens pages from files.
type browser struct {
	context.Context
	mu    sync.Mutex
	noise []string // console messages, exceptions, policy violations
}

// newBrowser starts Chromium, or skips the test with a note on how to install it. With
// TEST_NEEDS_BROWSER set, a machine without it fails.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		const say = "no Chromium on this machine: the page is not tried in a browser (apt-get install chromium)"
		if os.Getenv("TEST_NEEDS_BROWSER") != "" {
			t.Fatal(say)
		}
		t.Skip(say)
	}
	// Not t.TempDir: children of the browser write to the profile briefly after it has
	// ended, and leftover files must not fail the test.
	profile, err := os.MkdirTemp("", "hostup-conformance-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) })
	ctx, cancel := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.WSURLReadTimeout(time.Minute))
	t.Cleanup(cancel)
	// cdproto may be older than the browser and lack some of its events.
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	b := &browser{Context: ctx}
	chromedp.ListenTarget(ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			b.noise = append(b.noise, "console: "+string(e.Type))
		case *runtime.EventExceptionThrown:
			b.noise = append(b.noise, e.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			b.noise = append(b.noise, e.Entry.Text)
		}
	})
	b.do(t, log.Enable())
	return b
}

func (b *browser) do(t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(b, actions...); err != nil {
		t.Fatal(err)
	}
}

// open loads the page of a run.
func (b *browser) open(t *testing.T, run *reporters.Run) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(sample.Shown(t, Write, run)), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.Navigate((&url.URL{Scheme: "file", Path: path}).String()))
}

func (b *browser) quiet(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, n := range b.noise {
		t.Errorf("the browser says: %s", n)
	}
	b.noise = nil
}

// eval runs a script of the test, to which the page's policy does not apply.
func eval[T any](t *testing.T, b *browser, script string) T {
	t.Helper()
	var v T
	b.do(t, chromedp.Evaluate(script, &v, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	return v
}

// until waits for a condition on the page.
func (b *browser) until(t *testing.T, condition, otherwise string) {
	t.Helper()
	if err := chromedp.Run(b, chromedp.Poll(condition, nil, chromedp.WithPollingTimeout(10*time.Second))); err != nil {
		t.Errorf("%s: %v", otherwise, err)
	}
}

// settled waits until the page has been redrawn after the last event.
func (b *browser) settled(t *testing.T) {
	t.Helper()
	eval[bool](t, b, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
}

const visible = `[...document.querySelectorAll('.finding')].filter(e => e.checkVisibility()).length`

func TestBrowserFilters(t *testing.T) {
	b := newBrowser(t)
	b.open(t, sample.Run())
	if n := eval[int](t, b, visible); n != 2 {
		t.Fatalf("%d findings are shown, want 2", n)
	}
	// By keyboard only: "/" focuses the search, Escape clears it.
	b.do(t, chromedp.KeyEvent("/"))
	if !eval[bool](t, b, `document.activeElement.name === 'q'`) {
		t.Error("/ does not lead to the search")
	}
	// The protocol sends the character even after a key whose default was prevented; a
	// keyboard does not.
	b.do(t, chromedp.Evaluate(`document.activeElement.value = ''`, nil), chromedp.KeyEvent("98.75 row-001"))
	if n := eval[int](t, b, visible); n != 1 {
		t.Errorf("%d findings have the words, want 1", n)
	}
	if s := eval[string](t, b, `document.querySelector('#shown').textContent`); !strings.HasPrefix(s, "1 of 2 findings, ") {
		t.Errorf("the page says %q", s)
	}
	b.do(t, chromedp.KeyEvent("\x1b"))
	b.settled(t)
	if n := eval[int](t, b, visible); n != 2 {
		t.Errorf("after Escape %d findings are shown", n)
	}
	for _, tt := range []struct {
		control, value string
		findings, rows int
	}{
		{"level", "SHOULD", 1, 1}, {"outcome", "failed", 1, 1}, {"outcome", "skipped", 0, 2}, {"operation", sample.Activity, 2, 3},
	} {
		b.do(t, chromedp.SetValue(`#filter [name=`+tt.control+`]`, tt.value, chromedp.ByQuery),
			chromedp.Evaluate(`document.querySelector('#filter').dispatchEvent(new Event('input'))`, nil))
		rows := eval[int](t, b, `[...document.querySelectorAll('tr[data-f=requirement]')].filter(e => e.offsetParent !== null).length`)
		if n := eval[int](t, b, visible); n != tt.findings || rows != tt.rows {
			t.Errorf("%s %s: %d findings and %d requirements, want %d and %d", tt.control, tt.value, n, rows, tt.findings, tt.rows)
		}
		b.do(t, chromedp.Evaluate(`document.querySelector('#filter').reset()`, nil))
		b.settled(t)
	}
	if n := eval[int](t, b, visible); n != 2 {
		t.Errorf("cleared, %d findings are shown", n)
	}
	// A link from the matrix opens its target.
	b.do(t, chromedp.Evaluate(`location.hash = '#finding-2'`, nil))
	b.until(t, `document.querySelector('#finding-2 > details').open`, "the finding that a link leads to is closed")
	b.do(t, chromedp.Evaluate(`document.querySelector('#finding-1 > details').open = true`, nil),
		chromedp.Focus("#finding-1 .copy", chromedp.ByQuery), chromedp.KeyEvent("\r"))
	b.until(t, `document.querySelector('#finding-1 .copy').textContent === 'Copied'`, "after a click the copy button does not say that it copied")
	b.quiet(t)
}

// TestBrowserFolds: a search includes folded content, and a link opens it.
func TestBrowserFolds(t *testing.T) {
	b := newBrowser(t)
	run := sample.Run()
	for i := range 60 {
		f := sample.FindingRow()
		f.Requirement, f.Where = fmt.Sprintf("ACT-ROW-%03d", i+100), fmt.Sprintf("$.entries[*].folded%d", i)
		run.Findings = append(run.Findings, reporters.FindingGroup{Signature: f.Signature(), First: f, Fails: true, Count: 1})
	}
	b.open(t, run)
	if n := eval[int](t, b, visible); n != shownFindings {
		t.Errorf("%d findings are shown, want %d", n, shownFindings)
	}
	b.do(t, chromedp.Focus("#filter [name=q]", chromedp.ByQuery), chromedp.KeyEvent("folded59"))
	if n := eval[int](t, b, visible); n != 1 {
		t.Errorf("%d findings have the word, want 1", n)
	}
	b.do(t, chromedp.Evaluate(`location.hash = '#finding-61'`, nil))
	b.until(t, `document.querySelector('#finding-61').checkVisibility() && document.querySelector('#finding-61 > details').open`,
		"the folded finding that a link leads to is not shown")
	b.quiet(t)
}

func TestBrowserIsNotInjected(t *testing.T) {
	b := newBrowser(t)
	for _, attack := range sample.Attacks {
		b.open(t, sample.Poisoned(attack))
		if eval[bool](t, b, `'injected' in window || document.querySelectorAll('script').length !== 1 || !location.href.startsWith('file:')`) {
			t.Errorf("%s was run", attack)
		}
	}
	b.quiet(t)
}

// The page is not wider than a phone, and no control is too small for a finger; people
// judge the rest by the pictures.
func TestBrowserScreenshots(t *testing.T) {
	b := newBrowser(t)
	runs := map[string]*reporters.Run{"sample": sample.Known()}
	if path := os.Getenv("TEST_SCREENSHOT_RUN"); path != "" {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		run, err := reporters.ReadJSON(f)
		if err != nil {
			t.Fatal(err)
		}
		runs["run"] = run
	}
	dir := os.Getenv("TEST_SCREENSHOT_DIR")
	for name, run := range runs {
		b.open(t, run)
		for _, view := range []struct {
			name, scheme, media string
			width               int64
		}{
			{"light", "light", "", 1280},
			{"dark", "dark", "", 1280},
			{"phone", "light", "", 390},
			{"print", "light", "print", 800},
		} {
			b.do(t, chromedp.EmulateViewport(view.width, 900),
				emulation.SetEmulatedMedia().WithMedia(view.media).WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: view.scheme}}))
			if wide := eval[int](t, b, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("%s, %s: the page is %d pixels too wide", name, view.name, wide)
			}
			if dir == "" {
				continue
			}
			var picture []byte
			b.do(t, chromedp.FullScreenshot(&picture, 100))
			save(t, dir, name+"-"+view.name+".png", picture)
		}
		if dir == "" {
			continue
		}
		b.do(t, chromedp.ActionFunc(func(ctx context.Context) error {
			pdf, _, err := cdppage.PrintToPDF().WithPrintBackground(false).Do(ctx)
			if err == nil {
				save(t, dir, name+".pdf", pdf)
			}
			return err
		}))
	}
	b.quiet(t)
}

func save(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}
