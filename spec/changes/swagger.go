package changes

import (
	"cmp"
	"strings"
)

// readSwagger reads the messages of an operation of Swagger 2.0.
func (c *contract) readSwagger(op *operation, item *node) {
	var form []*node
	for _, p := range parametersOf(op.at, item) {
		switch p.str("in") {
		case "body":
			op.body = &body{at: p, required: p.is("required"), content: c.medias(op.at, "consumes", p, p.get("schema"), "application/json")}
		case "formData":
			form = append(form, p)
		default:
			op.addParameter(p)
			x := op.parameters[len(op.parameters)-1]
			if x.at == p {
				x.collected(p)
			}
		}
	}
	if len(form) > 0 {
		c.addForm(op, form)
	}
	op.at.members("responses", func(status string, m *node) {
		r := m.deref()
		if r == nil || strings.HasPrefix(status, "x-") {
			return
		}
		answer := &response{status: strings.ToUpper(status), at: r}
		if schema := r.get("schema"); schema != nil {
			answer.content = c.medias(op.at, "produces", r, schema, "application/json")
		}
		r.members("headers", func(name string, h *node) {
			answer.addHeader(name, h)
			if n := len(answer.headers); n > 0 && answer.headers[n-1].at == h {
				answer.headers[n-1].collected(h)
			}
		})
		op.responses = append(op.responses, answer)
	})
}

// collected reads the schema and serialization of a Swagger 2.0 parameter, which is its
// own schema.
func (p *parameter) collected(n *node) {
	p.schema = n
	switch cmp.Or(n.str("collectionFormat"), "csv") {
	case "csv":
		p.explode = false
	case "multi":
		p.explode = true
	case "ssv":
		p.style, p.explode = "spaceDelimited", false
	case "pipes":
		p.style, p.explode = "pipeDelimited", false
	default:
		p.style, p.explode = n.str("collectionFormat"), false
	}
}

// medias returns a media for each type that an operation consumes or produces.
func (c *contract) medias(o *node, keyword string, at, schema *node, usual string) []*media {
	list := cmp.Or(o.get(keyword), c.file.root.get(keyword))
	if list == nil || len(list.kids) == 0 {
		return []*media{{name: usual, at: at, schema: schema}}
	}
	var all []*media
	for _, m := range list.kids {
		all = append(all, &media{name: mediaName(m.text), at: at, schema: schema})
	}
	return all
}

// addForm turns the fields of a form into the properties of one schema.
func (c *contract) addForm(op *operation, fields []*node) {
	at := cmp.Or(op.at.get("parameters"), fields[0])
	make := func(k kind) *node { return &node{kind: k, file: at.file, line: at.line, parent: op.at, key: at.key} }
	schema, properties, required := make(object), make(object), make(list)
	for _, f := range fields {
		properties.add(f.str("name"), f)
		if f.is("required") {
			required.kids = append(required.kids, &node{kind: text, text: f.str("name"), file: f.file, line: f.line, parent: f, key: "required"})
		}
	}
	schema.add("type", &node{kind: text, text: "object", file: at.file, line: at.line, parent: op.at, key: at.key})
	schema.add("properties", properties)
	schema.add("required", required)
	op.body = &body{at: at, required: len(required.kids) > 0, content: c.medias(op.at, "consumes", at, schema, "application/x-www-form-urlencoded")}
}
