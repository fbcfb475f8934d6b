package html

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/domtest"
	"github.com/hostup/api-conformance/reporters/internal/golden"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// The page's text, without styles and script, section by section.
func TestHTMLGolden(t *testing.T) {
	d := domtest.Parse(t, sample.Shown(t, Write, sample.Known()))
	var b strings.Builder
	for _, n := range d.All(func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.Dt, atom.Dd, atom.Tr, atom.Summary, atom.P, atom.Li:
			return true
		}
		return domtest.Class("l")(n)
	}) {
		fmt.Fprintf(&b, "%s: %s\n", n.Data, domtest.TextOf(n))
	}
	golden.Compare(t, "report.txt", []byte(b.String()))
}

func TestHTMLIsSound(t *testing.T) {
	for name, run := range map[string]*reporters.Run{"sample": sample.Run(), "empty": {Verdict: reporters.Partial}, "hostile": sample.Poisoned(sample.Hostile), "known": sample.Known(), "several places": sample.SeveralPlaces(200)} {
		t.Run(name, func(t *testing.T) {
			d := domtest.Parse(t, sample.Shown(t, Write, run))
			ids := map[string]bool{}
			for _, n := range d.All(func(n *html.Node) bool { return domtest.Attr(n, "id") != "" }) {
				if ids[domtest.Attr(n, "id")] {
					t.Errorf("the id %q stands twice", domtest.Attr(n, "id"))
				}
				ids[domtest.Attr(n, "id")] = true
			}
			for _, n := range d.All(func(n *html.Node) bool { return true }) {
				for _, key := range []string{"aria-labelledby", "data-copies"} {
					if v := domtest.Attr(n, key); v != "" && !ids[v] {
						t.Errorf("%s %s names %q, which is not there", n.Data, key, v)
					}
				}
				if href := domtest.Attr(n, "href"); n.DataAtom == atom.A && !strings.HasPrefix(href, "#") {
					t.Errorf("a link leads away: %q", href)
				} else if n.DataAtom == atom.A && !ids[strings.TrimPrefix(href, "#")] && name != "hostile" {
					t.Errorf("a link leads nowhere: %q", href)
				}
			}
			if n := len(d.All(domtest.Tag(atom.H1))); n != 1 {
				t.Errorf("%d headings of level 1", n)
			}
			if len(d.All(domtest.Tag(atom.Main))) != 1 || len(d.All(domtest.Tag(atom.Nav))) != 1 || len(d.All(domtest.Tag(atom.Header))) != 1 {
				t.Error("landmarks are missing")
			}
			for _, th := range d.All(domtest.Tag(atom.Th)) {
				if domtest.Attr(th, "scope") == "" {
					t.Errorf("the heading %q of a table has no scope", domtest.TextOf(th))
				}
			}
		})
	}
}

// The page has only the style sheet and the script that the policy names.
func TestHTMLPolicy(t *testing.T) {
	d := domtest.Parse(t, sample.Shown(t, Write, sample.Poisoned(sample.Hostile)))
	var policy string
	for _, m := range d.All(domtest.Tag(atom.Meta)) {
		if domtest.Attr(m, "http-equiv") == "Content-Security-Policy" {
			policy = domtest.Attr(m, "content")
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'; ") {
		t.Fatalf("policy %q", policy)
	}
	for _, a := range []atom.Atom{atom.Style, atom.Script} {
		all := d.All(domtest.Tag(a))
		if len(all) != 1 || len(all[0].Attr) != 0 {
			t.Fatalf("%d elements %s", len(all), a)
		}
		sum := sha256.Sum256([]byte(all[0].FirstChild.Data))
		if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s of the %s: %s", want, a, policy)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Error("the policy is unsafe")
	}
}

func TestHTMLCannotBeInjected(t *testing.T) {
	count := func(d domtest.Page) map[atom.Atom]int {
		n := map[atom.Atom]int{}
		for _, e := range d.All(func(*html.Node) bool { return true }) {
			n[e.DataAtom]++
		}
		return n
	}
	// The earlier result of a comparison is untrusted as well.
	page := func(evil string) string {
		var b strings.Builder
		if err := WriteAgainst(&b, sample.Poisoned(evil), sample.Run()); err != nil {
			t.Fatal(err)
		}
		if err := WriteAgainst(&b, sample.Run(), sample.Poisoned(evil)); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	want := count(domtest.Parse(t, page("harmless")))
	for _, attack := range sample.Attacks {
		text := page(attack)
		d := domtest.Parse(t, text)
		if diff := cmp.Diff(want, count(d)); diff != "" {
			t.Errorf("%s changes the elements (-want +got):\n%s", attack, diff)
		}
		for _, n := range d.All(func(*html.Node) bool { return true }) {
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || (a.Key == "href" && !strings.HasPrefix(a.Val, "#")) {
					t.Errorf("%s: <%s %s=%q>", attack, n.Data, a.Key, a.Val)
				}
			}
		}
		for _, r := range text {
			if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
				t.Errorf("%s: %U got through", attack, r)
				break
			}
		}
	}
}
