package main

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// A document is one Markdown file of the documentation.
type document struct {
	name    string // path in the repository, with slashes
	source  []byte
	blocks  []block  // fenced code
	spans   []string // code in backquotes
	links   []string // targets of links and images, also in HTML
	anchors map[string]bool
}

// A block is fenced code. The words of its info string describe it:
//
//	sh              commands that are run, see TestDocsCommands
//	sh target       likewise, against a target, with its address and credentials
//	sh exit=N       the last command ends with N
//	sh shown=FILE   not run here: testdata/script/FILE runs the command and has its flags
//	sh generic      likewise, against a server of testdata/docs/theirs.yaml
//	sh elsewhere    commands of other programs, not run
//	text output     the output of the block before it; numbers may
//	                differ, and "…" replaces left-out parts
type block struct {
	page string
	line int
	info []string
	text string
}

func (b block) is(words ...string) bool {
	for _, w := range words {
		found := false
		for _, i := range b.info {
			found = found || i == w
		}
		if !found {
			return false
		}
	}
	return true
}

// value returns the text after "key=" in the info string.
func (b block) value(key string) string {
	for _, i := range b.info {
		if v, ok := strings.CutPrefix(i, key+"="); ok {
			return v
		}
	}
	return ""
}

func (b block) name() string { return b.page + ":" + strconv.Itoa(b.line) }

// pages reads the README, CONTRIBUTING and all files in docs.
func pages(t *testing.T) []document {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	var list []document
	for _, file := range append([]string{filepath.Join(root, "README.md"), filepath.Join(root, "CONTRIBUTING.md")}, files...) {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, parse(t, filepath.ToSlash(name), source))
	}
	return list
}

func parse(t *testing.T, name string, source []byte) document {
	t.Helper()
	p := document{name: name, source: source, anchors: map[string]bool{}}
	tree := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
	err := ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			p.take(n)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// attribute matches a URL in HTML.
var attribute = regexp.MustCompile(`\b(?:src|srcset|href)="([^"]*)"`)

func (p *document) take(n ast.Node) {
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		b := block{page: p.name, text: string(n.Lines().Value(p.source))}
		if n.Info != nil {
			b.info = strings.Fields(string(n.Info.Value(p.source)))
			b.line = 1 + strings.Count(string(p.source[:n.Info.Segment.Start]), "\n")
		}
		p.blocks = append(p.blocks, b)
	case *ast.Heading:
		p.anchor(plain(n, p.source))
	case *ast.CodeSpan:
		p.spans = append(p.spans, plain(n, p.source))
	case *ast.Link:
		p.links = append(p.links, string(n.Destination))
	case *ast.Image:
		p.links = append(p.links, string(n.Destination))
	case *ast.HTMLBlock:
		p.html(string(n.Lines().Value(p.source)))
	case *ast.RawHTML:
		p.html(string(n.Segments.Value(p.source)))
	}
}

func (p *document) html(text string) {
	for _, m := range attribute.FindAllStringSubmatch(text, -1) {
		p.links = append(p.links, m[1])
	}
}

// plain returns the text of a node.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(source))
			continue
		}
		b.WriteString(plain(c, source))
	}
	return b.String()
}

var notInAnchors = regexp.MustCompile(`[^\p{L}\p{N}_\- ]`)

// anchor adds the anchor that GitHub gives to a heading.
func (p *document) anchor(heading string) {
	name := strings.ReplaceAll(notInAnchors.ReplaceAllString(strings.ToLower(heading), ""), " ", "-")
	for n, first := 1, name; p.anchors[name]; n++ {
		name = first + "-" + strconv.Itoa(n)
	}
	p.anchors[name] = true
}

// TestDocsLinks: a relative link names a file in the repository, and an existing heading
// in it; the README links to every page, and every page back to it.
func TestDocsLinks(t *testing.T) {
	all := pages(t)
	byName := map[string]document{}
	for _, p := range all {
		byName[p.name] = p
	}
	linked := map[string]map[string]bool{}
	for _, p := range all {
		linked[p.name] = map[string]bool{}
		for _, link := range p.links {
			if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
				continue
			}
			file, anchor, _ := strings.Cut(link, "#")
			target := p.name
			if file != "" {
				target = path.Join(path.Dir(p.name), file)
			}
			linked[p.name][target] = true
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(target))); err != nil || strings.HasPrefix(target, "..") {
				t.Errorf("%s: %s leads nowhere", p.name, link)
				continue
			}
			to, ok := byName[target]
			if anchor != "" && (!ok || !to.anchors[anchor]) {
				t.Errorf("%s: %s: there is no heading #%s", p.name, link, anchor)
			}
		}
	}
	for name := range byName {
		if name != "README.md" && !linked["README.md"][name] {
			t.Errorf("the README has no link to %s", name)
		}
		if strings.HasPrefix(name, "docs/") && !linked[name]["README.md"] {
			t.Errorf("%s has no link to the README", name)
		}
	}
}

// TestReadmeIsShort: people do not read more than about a thousand words.
func TestReadmeIsShort(t *testing.T) {
	const most = 1200
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(strings.Fields(string(text))); n > most {
		t.Errorf("the README has %d words, want at most %d: move something to docs", n, most)
	}
}

// TestAnchors: the anchors that GitHub gives to headings.
func TestAnchors(t *testing.T) {
	p := parse(t, "x.md", []byte("# What `run` does, and why\n\n## A & B_c\n\n## A & B_c\n"))
	for _, want := range []string{"what-run-does-and-why", "a--b_c", "a--b_c-1"} {
		if !p.anchors[want] {
			t.Errorf("no #%s among %v", want, p.anchors)
		}
	}
}
