package changes

import (
	"cmp"
	"strings"
)

func (m *media) isXML() bool {
	return m.name == "application/xml" || m.name == "text/xml" || strings.HasSuffix(m.name, "+xml")
}

// elements compares what the properties of two schemas are in XML (OpenAPI, XML Object):
// elements or attributes, their names, and whether lists have an element of their own.
func (s *scope) elements(v view, a, b *node, seen map[[2]*node]bool) {
	if a == nil || b == nil || seen[[2]*node{a, b}] {
		return
	}
	seen[[2]*node{a, b}] = true
	x, y := s.shape(all(a)), s.shape(all(b))
	for _, name := range x.names {
		p, q := first(x.properties[name]), first(y.properties[name])
		if p == nil || q == nil {
			continue // what is gone or new is a matter of the schemas
		}
		if was, is := s.element(p, name), s.element(q, name); was != is {
			s.record(v, ruleEncoding, p, q, was, is)
		}
		s.elements(v, p, q, seen)
	}
	s.elements(v, s.itemsOf(a), s.itemsOf(b), seen)
}

// itemsOf returns the schema of the items of a list, nil if there is none.
func (s *scope) itemsOf(n *node) *node {
	if rests := s.shape(all(n)).rests; len(rests) > 0 && rests[0].behind == 0 {
		return rests[0].at
	}
	return nil
}

// element says in words what a property is in XML.
func (s *scope) element(n *node, name string) string {
	x := xmlOf(n)
	kind, own := x.str("nodeType"), cmp.Or(x.str("name"), name)
	if space := x.str("namespace"); space != "" {
		own = "{" + space + "}" + own
	}
	list := s.shape(all(n)).types&isArray != 0 && s.itemsOf(n) != nil
	switch {
	case kind == "attribute" || x.is("attribute"):
		return "attribute " + own
	case kind == "text" || kind == "cdata":
		return "text of the element"
	case list && (kind == "element" || x.is("wrapped")):
		return "element " + own + " with elements " + cmp.Or(xmlOf(s.itemsOf(n)).str("name"), own)
	case list:
		return "elements " + cmp.Or(xmlOf(s.itemsOf(n)).str("name"), name)
	}
	return "element " + own
}

// xmlOf returns the XML Object of a schema, or of the one that it refers to.
func xmlOf(n *node) *node {
	if x := n.get("xml"); x != nil {
		return x
	}
	return n.deref().get("xml")
}
