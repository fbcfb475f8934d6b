package content

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// An Element is an element of an XML document, by its local name.
type Element struct {
	Name       string
	attributes map[string]string
	children   []*Element
	text       string
	null       bool // xsi:nil
}

// errForeign: what this package cannot read is not thereby wrong.
var errForeign = errors.New("an encoding or a version of XML that is not read")

// ParseXML returns the root of an XML document. err says why the text is not well-formed
// (XML 1.0 section 2.1); known is false if that cannot be decided: the document defines
// entities, or has an unsupported encoding.
func ParseXML(text []byte) (root *Element, known bool, err error) {
	if bytes.Contains(text, []byte("<!ENTITY")) || bytes.HasPrefix(text, []byte("\xfe\xff")) || bytes.HasPrefix(text, []byte("\xff\xfe")) {
		return nil, false, nil
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		switch strings.ToLower(label) {
		case "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "iso-8859-15":
			return charmap.ISO8859_1.NewDecoder().Reader(r), nil // the letters differ, not the markup
		}
		return nil, errForeign
	}
	var open []*Element
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			if root == nil {
				return nil, true, errors.New("no element")
			}
			return root, true, nil
		case err != nil:
			foreign := errors.Is(err, errForeign) || strings.Contains(err.Error(), "unsupported version") || strings.Contains(err.Error(), errForeign.Error())
			return nil, !foreign, plain(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			e, twice := element(t)
			switch {
			case twice != "":
				return nil, true, errors.New("attribute " + twice + " twice")
			case len(open) > 0:
				parent := open[len(open)-1]
				parent.children = append(parent.children, e)
			case root != nil:
				return nil, true, errors.New("a second root element")
			default:
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(t)
			} else if len(bytes.TrimSpace(t)) > 0 {
				return nil, true, errors.New("text outside the root element")
			}
		}
	}
}

// plain returns an error of the decoder without its package name.
func plain(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return errors.New(syntax.Msg)
	}
	return err
}

// element returns an element without its children; twice is the name of a duplicate
// attribute, "" if there is none.
func element(t xml.StartElement) (e *Element, twice string) {
	e = &Element{Name: t.Name.Local, attributes: map[string]string{}}
	for i, a := range t.Attr {
		if slices.ContainsFunc(t.Attr[:i], func(b xml.Attr) bool { return a.Name == b.Name }) {
			return e, a.Name.Local
		}
		switch {
		case a.Name.Space == "xmlns" || a.Name.Local == "xmlns":
		case a.Name.Local == "nil" && strings.HasSuffix(a.Name.Space, "XMLSchema-instance"):
			e.null = a.Value == "true" || a.Value == "1"
		default:
			e.attributes[a.Name.Local] = a.Value
		}
	}
	return e, ""
}

// named returns the children with one of the names.
func (e *Element) named(names ...string) (list []*Element) {
	for _, c := range e.children {
		if slices.Contains(names, c.Name) {
			list = append(list, c)
		}
	}
	return list
}
