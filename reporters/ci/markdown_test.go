package ci

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/domtest"
	"github.com/hostup/api-conformance/reporters/internal/golden"
	"github.com/hostup/api-conformance/reporters/internal/markdown"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

func markdownOf(t testing.TB, run *reporters.Run, limit int) string {
	t.Helper()
	var buf bytes.Buffer
	if err := writeMarkdown(&buf, run, limit); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestMarkdownGolden(t *testing.T) {
	golden.Compare(t, "comment.md", []byte(markdownOf(t, sample.Run(), markdown.CommentLimit)))
}

func TestMarkdownIsRead(t *testing.T) {
	d := domtest.Rendered(t, markdownOf(t, sample.Run(), markdown.CommentLimit))
	tables := d.All(domtest.Tag(atom.Table))
	if len(tables) != 2 {
		t.Fatalf("%d tables", len(tables))
	}
	if got := domtest.TextOf(tables[0]); !strings.Contains(got, "MUST 1 of 5 1 0 2 1") {
		t.Errorf("score: %s", got)
	}
	details := d.All(domtest.Tag(atom.Details))
	if len(details) != 3 || !strings.Contains(domtest.TextOf(details[0]), `got "98.75" (string)`) || len(d.All(domtest.Tag(atom.Pre))) != 2 {
		t.Errorf("%d details", len(details))
	}
	if got := domtest.TextOf(details[0].FirstChild.NextSibling); !strings.Contains(domtest.TextOf(details[0]), "fails · ACT-ROW-001 an amount is a number") {
		t.Errorf("summary: %s", got)
	}
}

func TestMarkdownCannotBeInjected(t *testing.T) {
	elements := func(run *reporters.Run) map[string]int {
		n := map[string]int{}
		for _, e := range domtest.Rendered(t, markdownOf(t, run, markdown.CommentLimit)).All(func(*xhtml.Node) bool { return true }) {
			n[e.Data]++
		}
		return n
	}
	want := elements(sample.Poisoned("harmless"))
	for _, attack := range append([]string{
		"**bold**", "[a](https://evil.example.test)", "![a](https://evil.example.test)", "https://evil.example.test", "www.evil.example.test", "a@evil.example.test", "| a | b |", "```\n# heading", "````", "`code`", "<!-- x", "~~a~~", "1. x", "- x", "# x", "&lt;b&gt;", "</details>", "\\", "_x_", "a|b", "`|`", "[x]: https://evil.example.test",
	}, sample.Attacks...) {
		if diff := cmp.Diff(want, elements(sample.Poisoned(attack))); diff != "" {
			t.Errorf("%q changes the elements (-want +got):\n%s", attack, diff)
		}
	}
	for _, s := range []string{"@someone", "#123", "fixes #1"} {
		text := markdown.Text(s)
		if strings.Contains(text, "@s") || strings.Contains(text, "#1") {
			t.Errorf("%q became %q, which is a mention", s, text)
		}
	}
}

func TestMarkdownIsBounded(t *testing.T) {
	run := sample.ManySpecs(200, 100)
	for _, limit := range []int{markdown.CommentLimit, markdown.SummaryLimit, 5000} {
		text := markdownOf(t, run, limit)
		if len(text) > limit {
			t.Errorf("%d bytes, the limit is %d", len(text), limit)
		}
		if limit < markdown.SummaryLimit && !strings.Contains(text, "more requirement") {
			t.Errorf("limit %d: what is left out is not counted", limit)
		}
		domtest.Rendered(t, text)
	}
}
