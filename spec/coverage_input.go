package spec

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// A coverInput holds the items of one parameter or body property.
type coverInput struct {
	in, name string
	position int // of a path parameter: index of its segment
	schema   Schema

	enum             map[string]int // by text
	minimum, maximum int
	valid, invalid   int
	absent, null     int
	unknown          int
}

// A coverBody holds the items of a request body.
type coverBody struct {
	absent, malformed, object int
	members                   []coverInput
}

// inputs adds the parameters and the body properties.
func (b *coverBuilder) inputs() {
	for i := range b.o.Parameters {
		p := &b.o.Parameters[i]
		if p.In == "cookie" {
			continue
		}
		s := p.Schema
		if item := b.itemSchema(p); s.Allows("array") && len(s.Types) > 0 && item != nil {
			s = *item // each value that is sent is an item of the list
		}
		in := b.input(p.In, p.Name, s)
		if p.In == "path" {
			for i, segment := range strings.Split(b.o.Path, "/") {
				if segment == "{"+p.Name+"}" {
					in.position = i
				}
			}
			in.unknown = b.item(CoverInput, p.In+" "+p.Name+" unknown", "")
		} else {
			in.absent = b.item(CoverInput, p.In+" "+p.Name+" absent", "")
		}
		b.p.inputs = append(b.p.inputs, in)
	}
	if b.o.Body == nil {
		return
	}
	body := &coverBody{
		absent:    b.item(CoverInput, "body absent", ""),
		malformed: b.item(CoverInput, "body malformed", ""),
		object:    b.item(CoverInput, "body object", ""),
	}
	for _, m := range b.o.Body.Members {
		in := b.input("body", m.Name, m.Schema)
		in.absent = b.item(CoverInput, "body "+m.Name+" absent", "")
		in.null = b.item(CoverInput, "body "+m.Name+" null", "")
		if in.invalid == 0 {
			in.invalid = b.item(CoverInput, "body "+m.Name+" invalid", "") // JSON has types, so any value may be invalid
		}
		body.members = append(body.members, in)
	}
	b.p.body = body
}

func (b *coverBuilder) input(in, name string, s Schema) coverInput {
	i := coverInput{in: in, name: name, schema: s}
	add := func(class string) int { return b.item(CoverInput, in+" "+name+" "+class, "") }
	for _, e := range s.Enum {
		if e == nil {
			continue
		}
		if i.enum == nil {
			i.enum = map[string]int{}
		}
		i.enum[fmt.Sprint(e)] = add("= " + quoteIfSpaced(fmt.Sprint(e)))
	}
	if s.Minimum != nil {
		i.minimum = add("minimum " + bound(*s.Minimum))
	}
	if s.Maximum != nil {
		i.maximum = add("maximum " + bound(*s.Maximum))
	}
	if i.enum == nil {
		i.valid = add("valid")
	}
	if i.enum != nil || len(s.Types) > 0 && !s.Allows("string") {
		i.invalid = add("invalid")
	}
	return i
}

func bound(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// itemSchema returns the item schema of a parameter that is a list, nil if there is none.
func (b *coverBuilder) itemSchema(p *Parameter) *Schema {
	at := "/paths/" + escapeToken(b.o.Path)
	for _, list := range []string{at + "/" + strings.ToLower(b.o.Method) + "/parameters", at + "/parameters"} {
		_, node, ok := b.c.base.Resolve(list)
		if !ok {
			continue
		}
		for i := range node.Content {
			pointer, n, ok := b.c.base.Resolve(list + "/" + strconv.Itoa(i))
			if ok && scalar(n, "name") == p.Name && scalar(n, "in") == p.In {
				s := loadSchema(b.c.base, pointer+"/schema/items")
				return &s
			}
		}
	}
	return nil
}

func (p *coverPlan) observeRequest(s *sighting, k *Judgement) {
	ex := k.ex
	p.observeCredential(s, ex)
	for i := range p.inputs {
		in := &p.inputs[i]
		switch in.in {
		case "path":
			segments := strings.Split(ex.Request.Path(), "/")
			if in.position < len(segments) {
				in.observePath(s, segments[in.position], ex)
			}
		case "query":
			in.observeTexts(s, k.Query()[in.name])
		case "header":
			in.observeTexts(s, ex.Request.Header.Values(in.name))
		}
	}
	if p.body != nil {
		p.body.observe(s, ex.Request.Body)
	}
}

func (in *coverInput) observePath(s *sighting, segment string, ex *Exchange) {
	text, err := url.PathUnescape(segment)
	if err != nil {
		text = segment
	}
	if !in.accepts(text) {
		s.mark(in.invalid)
		return
	}
	if ex.Response != nil && ex.Response.Status == http.StatusNotFound {
		s.mark(in.unknown)
		return
	}
	in.observeText(s, text)
}

func (in *coverInput) observeTexts(s *sighting, values []string) {
	if len(values) == 0 {
		s.mark(in.absent)
	}
	for _, v := range values {
		in.observeText(s, v)
	}
}

// observeText classifies a value as it is on the wire: as text.
func (in *coverInput) observeText(s *sighting, text string) {
	switch {
	case !in.accepts(text):
		s.mark(in.invalid)
		return
	case in.enum != nil:
		s.mark(in.enum[text])
		return
	}
	s.mark(in.valid)
	if in.minimum+in.maximum == 0 {
		return
	}
	n, err := strconv.ParseFloat(text, 64)
	if in.schema.Minimum != nil && err == nil && n == *in.schema.Minimum {
		s.mark(in.minimum)
	}
	if in.schema.Maximum != nil && err == nil && n == *in.schema.Maximum {
		s.mark(in.maximum)
	}
}

// accepts reports whether the schema accepts a text, as far as the classes need it.
func (in *coverInput) accepts(text string) bool {
	if in.enum != nil {
		return in.enum[text] != 0
	}
	if len(in.schema.Types) == 0 || in.schema.Allows("string") {
		return true
	}
	if in.schema.Allows("boolean") && (text == "true" || text == "false") {
		return true
	}
	if !in.schema.Allows("integer") {
		return false
	}
	if !content.IsInteger(text) && (!in.schema.Allows("number") || !content.IsNumber(text)) {
		return false
	}
	n, _ := strconv.ParseFloat(text, 64) // infinite if it is too large
	return (in.schema.Minimum == nil || n >= *in.schema.Minimum) && (in.schema.Maximum == nil || n <= *in.schema.Maximum)
}

func (b *coverBody) observe(s *sighting, body []byte) {
	if len(body) == 0 {
		s.mark(b.absent)
		return
	}
	value, _, ok := jsontext.Decode(body)
	object, isObject := value.(map[string]any)
	if !ok || !isObject {
		s.mark(b.malformed)
		return
	}
	s.mark(b.object)
	for i := range b.members {
		b.members[i].observeMember(s, object)
	}
}

func (in *coverInput) observeMember(s *sighting, object map[string]any) {
	v, there := object[in.name]
	kind := ""
	switch v.(type) {
	case string:
		kind = "string"
	case json.Number:
		kind = "number"
		if n, _ := number(v); content.IsInteger(n) {
			kind = "integer"
		}
	case bool:
		kind = "boolean"
	case map[string]any:
		kind = "object"
	case []any:
		kind = "array"
	}
	switch {
	case !there:
		s.mark(in.absent)
	case v == nil:
		s.mark(in.null)
	case !in.schema.Allows(kind):
		s.mark(in.invalid)
	case kind == "object" || kind == "array":
		s.mark(in.valid)
	default:
		in.observeText(s, fmt.Sprint(v))
	}
}
