package domtest

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Page is a parsed page.
type Page struct{ Root *html.Node }

// Parse returns the document of an HTML text.
func Parse(t testing.TB, text string) Page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return Page{root}
}

// All returns the elements that match, in the order of the document.
func (d Page) All(match func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for n := range d.Root.Descendants() {
		if n.Type == html.ElementNode && match(n) {
			out = append(out, n)
		}
	}
	return out
}

// Tag returns a matcher for elements with this name.
func Tag(a atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.DataAtom == a }
}

// Class returns a matcher for elements with the class.
func Class(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return strings.Contains(" "+Attr(n, "class")+" ", " "+name+" ") }
}

// Attr returns the value of an attribute, "" if the element has none.
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TextOf returns the text of an element, with runs of white space as one space.
func TextOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Inside reports whether an ancestor of the element has this id.
func Inside(n *html.Node, id string) bool {
	for p := range n.Ancestors() {
		if Attr(p, "id") == id {
			return true
		}
	}
	return false
}
