package html

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestBrowserAxe: axe-core, which "make axe" installs, finds no obstacle for users of a
// screen reader or keyboard, or with impaired vision, folded and unfolded.
func TestBrowserAxe(t *testing.T) {
	path := os.Getenv("TEST_AXE")
	if path == "" {
		t.Skip("no axe-core: make axe installs it and runs this test")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t)
	for name, run := range map[string]*reporters.Run{"sample": sample.Known(), "several places": sample.SeveralPlaces(30)} {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{390, 1280} {
				b.open(t, run)
				b.do(t, chromedp.EmulateViewport(width, 900),
					emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
					chromedp.Evaluate(string(axe), nil))
				for _, open := range []bool{false, true} {
					b.do(t, chromedp.Evaluate(fmt.Sprintf(`document.querySelectorAll('details').forEach(d => { d.open = %t })`, open), nil))
					b.settled(t)
					checked := eval[axeResult](t, b, `axe.run(document).then(r => ({ passes: r.passes.length,
						violations: r.violations.map(v => v.id + ': ' + v.help + ', at ' + v.nodes.map(n => n.target.join(' ')).slice(0, 5).join('; ')) }))`)
					for _, v := range checked.Violations {
						t.Errorf("%s, %s, %d pixels, unfolded %t: %s", name, scheme, width, open, v)
					}
					if checked.Passes < 20 {
						t.Errorf("%s, %s, %d pixels: only %d rules of axe-core looked at the page", name, scheme, width, checked.Passes)
					}
				}
			}
		}
	}
}

type axeResult struct {
	Passes     int      `json:"passes"`
	Violations []string `json:"violations"`
}
