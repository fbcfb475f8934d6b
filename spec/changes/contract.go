package changes

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A contract holds the operations of a document, in the terms of OpenAPI 3 for all
// versions.
type contract struct {
	file       *file
	operations []*operation
	basedOn    string // server path that operation paths are relative to; "" if it does not matter
}

// An operation is a method of a path, or of a webhook or callback.
type operation struct {
	name       string     // "GET /things/{id}", "webhook newThing POST"
	key        string     // equal for the same operation of another version
	of         *operation // the one that a callback belongs to, nil for others
	path       string
	toServer   bool // false for webhooks and callbacks, whose requests the server sends
	at         *node
	parameters []*parameter
	body       *body // nil if there is none
	responses  []*response
	servers    *node // the list, nil if there is none
	security   *node // nil if there is none
}

// A parameter is a request parameter or a response header.
type parameter struct {
	key      string
	name     string
	in       string
	required bool
	at       *node
	schema   *node // nil if there is none
	style    string
	explode  bool
	content  []*media
}

type body struct {
	at       *node
	required bool
	content  []*media
}

// A media is a media type of a body and its content.
type media struct {
	name     string // as a range in lower case, without charset=utf-8
	at       *node
	schema   *node // nil if there is none
	item     *node // itemSchema of OpenAPI 3.2
	encoding *node
}

type response struct {
	status  string
	at      *node
	headers []*parameter
	content []*media
	links   *node
}

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

func readContract(f *file) *contract {
	c := &contract{file: f}
	f.root.members("paths", func(path string, item *node) {
		if strings.HasPrefix(path, "/") {
			c.item(path, item, func(method string) (name, key string) { return method + " " + path, method + " " + template(path) }, true, 0)
		}
	})
	for _, keyword := range []string{"webhooks", "x-webhooks"} {
		f.root.members(keyword, func(hook string, item *node) {
			name := func(method string) (string, string) {
				return "webhook " + hook + " " + method, "webhook " + hook + " " + method
			}
			c.item(hook, item, name, false, 0)
		})
	}
	return c
}

var variable = regexp.MustCompile(`\{[^{}]*\}`)

// template returns a path without the names of its parameters.
func template(path string) string { return variable.ReplaceAllString(path, "{}") }

// item reads the operations of a path item.
func (c *contract) item(path string, item *node, name func(method string) (string, string), toServer bool, depth int) {
	at := item.deref()
	if at == nil || depth > 4 {
		return
	}
	add := func(method string, o *node) {
		n, key := name(strings.ToUpper(method))
		op := &operation{name: n, key: key, path: path, toServer: toServer, at: o}
		for _, level := range []*node{o, at, item, c.file.root} {
			if op.servers == nil {
				op.servers = level.get("servers")
			}
		}
		op.security = cmp.Or(o.get("security"), c.file.root.get("security"))
		c.read(op, at)
		c.operations = append(c.operations, op)
		c.callbacks(op, depth)
	}
	for _, method := range methods {
		for _, level := range []*node{at, item} { // also beside $ref
			// OpenAPI has no references in place of operations, but bundlers follow them
			if o := level.get(method).deref(); o != nil && o.kind == object {
				add(method, o)
				break
			}
		}
	}
	at.members("additionalOperations", func(method string, o *node) {
		if o = o.deref(); o != nil {
			add(method, o)
		}
	})
}

func (c *contract) callbacks(op *operation, depth int) {
	op.at.members("callbacks", func(callback string, m *node) {
		m = m.deref()
		if m == nil {
			return
		}
		for i, expression := range m.keys {
			if strings.HasPrefix(expression, "x-") {
				continue
			}
			name := func(method string) (string, string) {
				return "callback " + callback + " " + method + " of " + op.name, "callback " + callback + " " + expression + " " + method
			}
			first := len(c.operations)
			c.item(expression, m.kids[i], name, !op.toServer, depth+1)
			for _, o := range c.operations[first:] {
				if o.of == nil {
					o.of = op
				}
			}
		}
	})
}

// read reads the messages of an operation.
func (c *contract) read(op *operation, item *node) {
	if c.file.version == swagger20 {
		c.readSwagger(op, item)
		return
	}
	for _, p := range parametersOf(op.at, item) {
		op.addParameter(p)
	}
	if b := op.at.get("requestBody").deref(); b != nil {
		op.body = &body{at: b, required: b.is("required"), content: contentOf(b)}
	}
	op.at.members("responses", func(status string, m *node) {
		r := m.deref()
		if r == nil || strings.HasPrefix(status, "x-") {
			return
		}
		answer := &response{status: strings.ToUpper(status), at: r, content: contentOf(r), links: r.get("links")}
		r.members("headers", func(name string, h *node) { answer.addHeader(name, h.deref()) })
		op.responses = append(op.responses, answer)
	})
}

// parametersOf returns the parameters of an operation, with those of its path that it
// does not replace.
func parametersOf(o, item *node) []*node {
	var list []*node
	known := map[string]bool{}
	for _, level := range []*node{o, item} {
		var found []string
		for _, p := range level.items("parameters") {
			p = p.deref()
			if p == nil {
				continue
			}
			key := p.str("in") + " " + p.str("name")
			if !known[key] || p.str("in") == "body" && level == o {
				list = append(list, p)
				found = append(found, key)
			}
		}
		for _, key := range found {
			known[key] = true
		}
	}
	return list
}

func (o *operation) addParameter(p *node) {
	in, name := p.str("in"), p.str("name")
	if in == "header" && slices.Contains([]string{"accept", "content-type", "authorization"}, strings.ToLower(name)) {
		return // OAS 3.1.1, Parameter Object: to be ignored
	}
	x := &parameter{key: in + " " + name, name: name, in: in, required: p.is("required") || in == "path", at: p, schema: p.get("schema"), content: contentOf(p)}
	switch in {
	case "path":
		for i, v := range variable.FindAllString(o.path, -1) {
			if strings.Trim(v, "{}") == name {
				x.key = "path " + itoa(i)
			}
		}
	case "header":
		x.key = strings.ToLower(x.key)
	}
	x.style = cmp.Or(p.str("style"), map[string]string{"path": "simple", "header": "simple"}[in], "form")
	x.explode = p.is("explode") || p.get("explode") == nil && x.style == "form" || x.style == "deepObject" // which has no other form
	o.parameters = append(o.parameters, x)
}

func (r *response) addHeader(name string, h *node) {
	if h == nil || strings.EqualFold(name, "Content-Type") {
		return
	}
	r.headers = append(r.headers, &parameter{
		key: strings.ToLower(name), name: name, in: "header", required: h.is("required"), at: h,
		schema: h.get("schema"), content: contentOf(h), style: "simple", explode: h.is("explode"),
	})
}

func contentOf(n *node) (list []*media) {
	n.members("content", func(name string, m *node) {
		if m = m.deref(); m != nil {
			list = append(list, &media{mediaName(name), m, schemaOrBytes(m), m.get("itemSchema"), m.get("encoding")})
		}
	})
	return list
}

// schemaOrBytes returns the schema, nil for a file, which OpenAPI 3.0 describes as a
// string and 3.1 not at all.
func schemaOrBytes(m *node) *node {
	s := m.get("schema")
	if s.str("type") == "string" && (s.str("format") == "binary" || s.str("contentMediaType") == "application/octet-stream") && s.get("contentEncoding") == nil {
		return nil
	}
	return s
}

// mediaName returns a media range in normal form. UTF-8 is the default charset (RFC 8259
// section 8.1).
func mediaName(name string) string {
	var parts []string
	for i, part := range strings.Split(strings.ToLower(name), ";") {
		part = strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(part), `"`, ""), " ", "")
		if part != "" && (i == 0 || part != "charset=utf-8") {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	slices.Sort(parts[1:])
	return strings.Join(parts, ";")
}
