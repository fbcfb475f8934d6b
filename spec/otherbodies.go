package spec

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// checkOther judges a body of a documented non-JSON media type by its own syntax, if the
// document has a schema that says how to read it.
func (k *Judgement) checkOther() {
	m, _ := k.readsOtherwise()
	name, body := mediaName(k.ex.Response.Header.Get("Content-Type")), k.ex.Response.Body
	switch {
	case content.IsLines(name):
		k.checkLines(m, name)
	case strings.HasPrefix(name, "multipart/"):
		k.checkMultipart(m, name)
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
	case m.schema != nil && m.parts == nil && name == "application/x-www-form-urlencoded":
		if value, ok := m.schema.form.Fields(string(body)); ok { // it is clear how they are written
			k.value = value
			k.checkSchema()
		}
	}
}

// hasOther reports whether checkOther judges the body.
func (k *Judgement) hasOther() bool {
	_, otherwise := k.readsOtherwise()
	return otherwise && k.hasBody() && !k.foreign && !k.strayed
}

// saysXML reports whether the Content-Type is XML.
func (k *Judgement) saysXML() bool {
	return isXML(mediaName(k.ex.Response.Header.Get("Content-Type")))
}

func isXML(name string) bool {
	return name == "application/xml" || name == "text/xml" || strings.HasSuffix(name, "+xml")
}

// checkText judges a text by a schema of a string, a number or a boolean. A final line
// break is ignored if only then the text meets the schema.
func (k *Judgement) checkText(m mediaType) {
	f, body := m.schema.form, string(k.ex.Response.Body)
	line := strings.TrimSuffix(strings.TrimSuffix(body, "\n"), "\r")
	switch {
	case f.Allows("string"):
		k.value, k.decoded = body, true
		if len(m.schema.breaches(m.schema.must, body)) > 0 && len(m.schema.breaches(m.schema.must, line)) == 0 {
			k.value = line
		}
		return // the schema rule judges the decoded value
	case f.IsList():
		return // the serialization of lists is undefined
	default:
		k.value = f.Scalar(strings.TrimSpace(body))
	}
	k.checkSchema()
}

// checkLines judges a sequence of JSON texts: each by the item schema, all together by an
// array schema, or, without an item schema, each by any other schema.
func (k *Judgement) checkLines(m mediaType, name string) {
	var values []any
	var lines jsontext.Reader
	for i, text := range content.Lines(name, string(k.ex.Response.Body)) {
		value, faults, ok := lines.Decode([]byte(text))
		if k.beyond = len(faults) > 0 && faults[0].Keyword == "size"; k.beyond {
			return // a limit of this reader
		}
		if !ok || len(faults) > 0 {
			id, want := textRule(faults[0].Keyword)
			k.Report(id, InPart("body, line "+strconv.Itoa(i+1)), faults[0].Keyword, want, faults[0].Got)
		}
		if !ok {
			return
		}
		values = append(values, value)
	}
	if m.item != nil {
		k.checkItems(m.item, values)
	}
	s := m.schema
	switch {
	case s == nil || len(s.form.Types) > 0 && !s.form.IsList() && s.form.Allows("string"):
	case s.form.Types["array"]:
		k.value = slices.Concat([]any{}, values)
		k.checkSchema()
	case m.item == nil:
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

// checkCSV judges the rows of a table, or its text if the schema is that of a string. An
// empty cell may stand for any value.
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

// checkXML checks that a document is well-formed, and judges its content by its schema.
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
