package spec

import (
	"fmt"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/schema"
)

// A response is the documented response of an operation for one status.
type response struct {
	pointer string
	unknown bool // its reference is unresolved: any response is accepted
	media   []mediaType
	headers []header
}

type mediaType struct {
	name   string // lower case, without parameters; may be a range
	params map[string]string
	schema *judge // nil: any body
	item   *judge // of each value of a stream (itemSchema of OpenAPI 3.2)
	raw    bool   // any bytes, whatever the media type is

	parts *parts // what its Encoding Objects say, nil without any
	when  []conditional
}

// A conditional selects another schema by a query parameter of the request
// (x-schema-when): kind=short, for example, returns a different list.
type conditional struct {
	query, equals string
	schema        *judge
}

type header struct {
	name     string
	pointer  string
	required bool
	explode  bool
	content  bool // the value is JSON text, described by content
	schema   *judge
}

// A judge is a schema compiled twice: as the document states it (MUST) and with the
// overlay (SHOULD). The overlay only adds, so what meets should meets must.
type judge struct {
	pointer      string // canonical, in the base document
	must, should *compiled
	shape        *shape        // the documented properties, see Drift
	form         *content.Form // how the schema reads a text
	unmet        []schema.Conflict
}

// breaches returns the violations of a schema of the judge, see [breaches], except those
// of unsatisfiable keywords, which are the document's fault.
func (j *judge) breaches(s *compiled, value any) []breach {
	return slices.DeleteFunc(breaches(s, value), func(b breach) bool {
		return slices.ContainsFunc(j.unmet, func(c schema.Conflict) bool { return c.Has(b.path, b.place+"/"+b.keyword) })
	})
}

// A compiler compiles every schema once, by its canonical pointer.
type compiler struct {
	c            *Contract
	base, merged *schema.Set // the same without an overlay

	mustAdapter, shouldAdapter adapter
	done                       map[string]*judge
	shapes                     shaper
	unmet                      unmet
}

// compile reads the responses of every operation and compiles their schemas. A schema
// that does not compile is reported as a problem of the document, never as a wrong
// response.
func (c *Contract) compile(dialect string) error {
	base, err := schema.New(c.base, dialect, schema.Answers, vocabulary())
	if err != nil {
		return err
	}
	merged := base
	if c.merged != c.base || base.SaysMore() {
		if merged, err = schema.New(c.merged, dialect, schema.Answers, vocabulary()); err != nil {
			return err
		}
	}
	c.place = base.Place
	k := &compiler{c: c, base: base, merged: merged, done: map[string]*judge{}, mustAdapter: newAdapter(false), shouldAdapter: newAdapter(true), shapes: shaper{d: c.base, done: map[string]*shape{}}}
	c.responses = map[string]map[string]*response{}
	c.fallback = map[string]*response{}
	c.limited = map[string]*response{}
	for _, o := range c.operations {
		c.responses[o.ID] = map[string]*response{}
		for _, status := range o.Statuses {
			r := k.response(o.pointer + "/responses/" + escapeToken(status))
			c.responses[o.ID][status] = r
			if status == "default" && c.fallback[o.Version] == nil {
				c.fallback[o.Version] = r
			}
			if status == "429" && c.limited[o.Version] == nil {
				c.limited[o.Version] = r
			}
		}
	}
	k.unmet.report(c.base, c.place)
	return nil
}

func (k *compiler) response(at string) *response {
	pointer, node, ok := k.c.base.Resolve(at)
	if !ok {
		return &response{pointer: at, unknown: true}
	}
	r := &response{pointer: pointer}
	for name, at := range k.members(node, pointer, "content") {
		r.media = append(r.media, k.media(at, name))
	}
	for name, at := range k.members(node, pointer, "headers") {
		if !strings.EqualFold(name, "Content-Type") { // OpenAPI says to ignore it here
			r.headers = append(r.headers, k.header(at, name))
		}
	}
	return r
}

// members yields the names of a mapping below a node, with their pointers, in the order
// of the document.
func (k *compiler) members(node *document.Node, pointer, field string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		m, _ := child(node, field)
		if m == nil || m.Kind != document.Mapping {
			return
		}
		for i := 0; i+1 < len(m.Content); i += 2 {
			name := m.Content[i].Value
			if !yield(name, pointer+"/"+field+"/"+escapeToken(name)) {
				return
			}
		}
	}
}

func (k *compiler) media(at, name string) (m mediaType) {
	var err error
	if m.name, m.params, err = mime.ParseMediaType(name); err != nil {
		m.name, m.params = mediaName(name), nil
	}
	if m.name == "*" { // as in Accept of old clients
		m.name = "*/*"
	}
	pointer, node, ok := k.c.base.Resolve(at)
	if !ok {
		return m
	}
	m.schema = k.schema(pointer + "/schema")
	m.item = k.schema(pointer + "/itemSchema")
	m.raw = m.schema != nil && m.schema.form.Bytes()
	m.parts = k.parts(pointer, node)
	when, _ := child(node, "x-schema-when")
	if when == nil {
		return m
	}
	for i, w := range when.Content {
		m.when = append(m.when, conditional{
			query:  scalar(w, "query"),
			equals: scalar(w, "equals"),
			schema: k.schema(fmt.Sprintf("%s/x-schema-when/%d/schema", pointer, i)),
		})
	}
	return m
}

func (k *compiler) header(at, name string) header {
	pointer, node, ok := k.c.base.Resolve(at)
	if !ok {
		return header{name: name, pointer: at}
	}
	h := header{name: name, pointer: pointer, required: scalar(node, "required") == "true", explode: scalar(node, "explode") == "true"}
	if h.schema = k.schema(pointer + "/schema"); h.schema != nil {
		return h
	}
	for media, at := range k.members(node, pointer, "content") {
		if isJSON(mediaName(media)) {
			h.content, h.schema = true, k.schema(at+"/schema")
		}
		break // there is one
	}
	return h
}

// schema compiles the schema at a pointer and returns it, nil if there is none.
func (k *compiler) schema(at string) *judge {
	pointer, ok := k.base.Resolve(at)
	if !ok {
		return nil
	}
	if j := k.done[pointer]; j != nil {
		return j
	}
	j := &judge{pointer: pointer, shape: k.shapes.shape(pointer), form: content.FormOf(k.c.base, pointer)}
	j.must = k.mustAdapter.compiled(k.base.Compile(pointer))
	if j.should = j.must; k.merged != k.base {
		j.should = k.shouldAdapter.compiled(k.merged.Compile(pointer))
	}
	j.unmet = k.base.Unmet(pointer)
	k.unmet.add(pointer, j.unmet)
	k.done[pointer] = j
	return j
}

// answer returns what the document says about a status: under the status itself, its
// range, or default. documented is false if none of them exists.
func (c *Contract) answer(o *Operation, status int) (r *response, documented bool) {
	if o == nil {
		return nil, false
	}
	all := c.responses[o.ID]
	key := statusKey(status)
	for _, k := range []string{key, key[:1] + "XX", key[:1] + "xx"} {
		if r := all[k]; r != nil {
			return r, true
		}
	}
	// A 429 is not specific to an operation: what one page says about it holds for its
	// whole version.
	if r := c.limited[o.Version]; r != nil && status == http.StatusTooManyRequests {
		return r, true
	}
	r = all["default"]
	return r, r != nil
}

// schemaFor returns the schema of a response by the query that was sent. Of a repeated
// parameter any value may count, and case and surrounding space may be ignored: the
// documentation is silent, and the conditional schema is the one that promises less.
func (m mediaType) schemaFor(query url.Values) *judge {
	for _, w := range m.when {
		if MayMean(query[w.query], w.equals) {
			return w.schema
		}
	}
	return m.schema
}

// MayMean reports whether one of the values may be read as word, ignoring case and space.
func MayMean(values []string, word string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(strings.TrimSpace(v), word) })
}

func (r *response) mediaNames() []string {
	var names []string
	for _, m := range r.media {
		if !slices.Contains(names, m.name) {
			names = append(names, m.name)
		}
	}
	return names
}

// lineOf returns the line in the base document of a pointer's last token, and the steps
// that lead there.
func lineOf(root *document.Node, pointer string) ([]document.Step, int) {
	steps, _ := document.Walk(root, pointer)
	return steps, steps[len(steps)-1].Line
}
