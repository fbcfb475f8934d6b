package spec

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// checkOther judges a body of a documented media type that is no JSON as what it is,
// where the document has a schema that says how to read it.
func (k *Judgement) checkOther() {
	m, _ := k.readsOtherwise()
	name, body := mediaName(k.ex.Response.Header.Get("Content-Type")), k.ex.Response.Body
	switch {
	case content.IsLines(name):
		k.checkLines(m, name)
	case isXML(name):
		k.checkXML(m)
	case m.schema == nil && m.item == nil:
	case name == "text/csv":
		k.checkCSV(m)
	case name == "text/event-stream":
		if m.item != nil {
			k.checkItems(m.item, m.item.form.Events(string(body)))
		}
	case strings.HasPrefix(name, "text/") && m.schema != nil && utf8.Valid(body):
		k.checkText(m)
	}
}

// hasOther reports whether the body is one that checkOther judges.
func (k *Judgement) hasOther() bool {
	_, otherwise := k.readsOtherwise()
	return otherwise && k.hasBody() && !k.foreign && !k.strayed
}

// saysXML reports whether the answer calls its body XML.
func (k *Judgement) saysXML() bool {
	return isXML(mediaName(k.ex.Response.Header.Get("Content-Type")))
}

func isXML(name string) bool {
	return name == "application/xml" || name == "text/xml" || strings.HasSuffix(name, "+xml")
}

// checkText judges a text by a schema of a string, a number or a boolean. The line
// break with which many texts end may be no part of it.
func (k *Judgement) checkText(m mediaType) {
	f, body := m.schema.form, string(k.ex.Response.Body)
	line := strings.TrimSuffix(strings.TrimSuffix(body, "\n"), "\r")
	switch {
	case f.Allows("string"):
		k.value, k.decoded = body, true
		if len(m.schema.breaches(m.schema.must, body)) > 0 && len(m.schema.breaches(m.schema.must, line)) == 0 {
			k.value = line
		}
		return // the rule about the schema judges what is decoded
	case f.IsList():
		return // how it is written is not said
	default:
		k.value = f.Scalar(strings.TrimSpace(body))
	}
	k.checkSchema()
}

// checkLines judges JSON texts one after the other: each by the schema of the items,
// all together by one of a list, and each by any other schema.
func (k *Judgement) checkLines(m mediaType, name string) {
	var values []any
	var lines jsontext.Reader
	for i, text := range content.Lines(name, string(k.ex.Response.Body)) {
		value, faults, ok := lines.Decode([]byte(text))
		if !ok || len(faults) > 0 {
			id, want := textRule(faults[0].Keyword)
			k.Report(id, InPart("body, line "+strconv.Itoa(i+1)), faults[0].Keyword, want, faults[0].Got)
		}
		if !ok {
			return
		}
		values = append(values, value)
	}
	s := m.schema
	switch {
	case m.item != nil:
		k.checkItems(m.item, values)
	case s == nil || len(s.form.Types) > 0 && !s.form.IsList() && s.form.Allows("string"):
	case s.form.Types["array"]:
		k.value = slices.Concat([]any{}, values)
		k.checkSchema()
	default:
		k.checkItems(s, values)
	}
}

// checkItems judges each value of a stream by a schema.
func (k *Judgement) checkItems(s *judge, values []any) {
	k.value = values
	for i, v := range values {
		for _, b := range s.breaches(s.must, v) {
			b.path = append([]string{strconv.Itoa(i)}, b.path...)
			k.breach(b, Must)
		}
	}
}

// checkCSV judges the rows of a table, or its text where the schema is that of a
// string. A cell that is empty may stand for anything.
func (k *Judgement) checkCSV(m mediaType) {
	t, ok := m.schema.form.CSV(k.ex.Response.Body)
	if !ok {
		if f := m.schema.form; f.Types["string"] && utf8.Valid(k.ex.Response.Body) {
			k.checkText(m)
		}
		return
	}
	k.value = slices.Concat([]any{}, t.Rows)
	for _, name := range t.Missing {
		k.Report("BODY-SCHEMA-001", InPart("body, line 1"), "required", "a column "+strconv.Quote(name), "no such column")
	}
	for _, b := range m.schema.breaches(m.schema.must, k.value) {
		if b.missing == "" || !slices.Contains(t.Columns, b.missing) && !slices.Contains(t.Missing, b.missing) {
			k.breach(b, Must)
		}
	}
}

// checkXML judges that a document is well-formed, and what it says by its schema.
func (k *Judgement) checkXML(m mediaType) {
	root, known, err := content.ParseXML(k.ex.Response.Body)
	switch {
	case err != nil && known:
		k.Report("BODY-XML-001", InPart("body"), "syntax", "one well-formed XML document", err.Error())
	case root == nil || m.schema == nil:
	default:
		if names := m.schema.form.RootNames(); len(names) > 0 && !slices.Contains(names, root.Name) {
			k.Report("BODY-SCHEMA-001", InPart("body"), "xml", "an element <"+strings.Join(names, "> or <")+">", "<"+root.Name+">")
			return
		}
		value, ok := m.schema.form.XML(root)
		if !ok {
			return
		}
		k.value = value
		k.checkSchema()
	}
}
