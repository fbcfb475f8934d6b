package spec

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pb33f/go-yaml"
	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/libopenapi-validator/config"
	"github.com/pb33f/libopenapi-validator/helpers"
)

// A response is what the document says of one status of an operation.
type response struct {
	pointer string
	media   []mediaType
	headers []header
}

type mediaType struct {
	name   string // lower case, without parameters; may be a range
	params map[string]string
	schema *judge // nil: any body
	when   []conditional
}

// A conditional chooses another schema by a query parameter of the request
// (x-schema-when): the answer to kind=credit is another page.
type conditional struct {
	query, equals string
	schema        *judge
}

type header struct {
	name     string
	pointer  string
	required bool
	explode  bool
	content  bool // the value is JSON text, as content says
	schema   *judge
}

// A judge is a schema compiled twice: as the document states it (MUST) and with
// the overlay (SHOULD). The overlay only adds, so what meets should meets must.
type judge struct {
	pointer      string // canonical, in the base document
	must, should *jsonschema.Schema
	shape        *shape     // the members that the document names, see Drift
	hint         *valueHint // the types that it names
}

// The addresses under which the compiler knows the two documents.
const (
	baseURL   = "https://contract.invalid/must"
	mergedURL = "https://contract.invalid/should"
)

// A compiler compiles every schema once, by its canonical pointer.
type compiler struct {
	c            *Contract
	must, should schemaCompiler
	done         map[string]*judge
	shapes       shaper
}

// A schemaCompiler compiles the schemas of one document, which it reads once.
type schemaCompiler struct {
	url, with string
	*jsonschema.Compiler
	adapter adapter
}

func newSchemaCompiler(url, with string, document []byte, strict bool) (schemaCompiler, error) {
	k := schemaCompiler{url: url, with: with, Compiler: jsonschema.NewCompiler(), adapter: adapter{strict: strict, done: map[*jsonschema.Schema]bool{}}}
	helpers.ConfigureCompiler(k.Compiler, config.NewValidationOptions(config.WithFormatAssertions(), config.WithContentAssertions(),
		config.WithCustomFormat("uri-reference", uriReference)))
	k.UseLoader(helpers.NewCompilerLoader())
	k.RegisterVocabulary(vocabulary())
	k.AssertVocabs()
	root, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		return k, err
	}
	return k, k.AddResource(url, root)
}

// compile returns the schema at a pointer as responses are judged by it.
func (k *schemaCompiler) compile(pointer string) (*jsonschema.Schema, error) {
	s, err := k.Compile(k.url + "#" + (&url.URL{Fragment: pointer}).EscapedFragment())
	if err != nil {
		return nil, fmt.Errorf("the schema at #%s does not compile%s: %s", pointer, k.with, schemaFault(err))
	}
	k.adapter.adapt(s)
	return s, nil
}

// compile reads the responses of every operation and compiles their schemas. A
// schema that does not compile is an error here, so that it can never look like
// a wrong answer later.
func (c *Contract) compile(base []byte) error {
	merged, err := c.merged.json()
	if err != nil {
		return err
	}
	k := &compiler{c: c, done: map[string]*judge{}, shapes: shaper{d: c.base, done: map[string]*shape{}}}
	if k.must, err = newSchemaCompiler(baseURL, "", base, false); err != nil {
		return err
	}
	if k.should, err = newSchemaCompiler(mergedURL, " with the overlay", merged, true); err != nil {
		return err
	}
	c.responses = map[string]map[string]*response{}
	c.fallback = map[string]*response{}
	c.limited = map[string]*response{}
	for _, o := range c.operations {
		c.responses[o.ID] = map[string]*response{}
		for _, status := range o.Statuses {
			at := "/paths/" + escapeToken(o.Path) + "/" + strings.ToLower(o.Method) + "/responses/" + status
			r, err := k.response(at)
			if err != nil {
				return fmt.Errorf("%s: %s, response %s: %w", c.name, o.Name(), status, err)
			}
			c.responses[o.ID][status] = r
			if status == "default" && c.fallback[o.Version] == nil {
				c.fallback[o.Version] = r
			}
			if status == "429" && c.limited[o.Version] == nil {
				c.limited[o.Version] = r
			}
		}
	}
	return nil
}

func (k *compiler) response(at string) (*response, error) {
	pointer, node, ok := k.c.base.resolve(at)
	if !ok {
		return nil, fmt.Errorf("its reference leads nowhere")
	}
	r := &response{pointer: pointer}
	if content, _ := child(node, "content"); content != nil {
		for i := 0; i+1 < len(content.Content); i += 2 {
			m, err := k.media(pointer+"/content/"+escapeToken(content.Content[i].Value), content.Content[i].Value)
			if err != nil {
				return nil, err
			}
			r.media = append(r.media, m)
		}
	}
	if headers, _ := child(node, "headers"); headers != nil {
		for i := 0; i+1 < len(headers.Content); i += 2 {
			if strings.EqualFold(headers.Content[i].Value, "Content-Type") {
				continue // OpenAPI says that it is ignored here
			}
			h, err := k.header(pointer+"/headers/"+escapeToken(headers.Content[i].Value), headers.Content[i].Value)
			if err != nil {
				return nil, err
			}
			r.headers = append(r.headers, h)
		}
	}
	return r, nil
}

func (k *compiler) media(at, name string) (m mediaType, err error) {
	if m.name, m.params, err = mime.ParseMediaType(name); err != nil {
		m.name, m.params = mediaName(name), nil
	}
	pointer, node, ok := k.c.base.resolve(at)
	if !ok {
		return m, fmt.Errorf("media type %s leads nowhere", name)
	}
	if s, _ := child(node, "schema"); s != nil {
		if m.schema, err = k.schema(pointer + "/schema"); err != nil {
			return m, err
		}
	}
	when, _ := child(node, "x-schema-when")
	if when == nil {
		return m, nil
	}
	for i, w := range when.Content {
		c := conditional{query: scalar(w, "query"), equals: scalar(w, "equals")}
		if c.query == "" {
			return m, fmt.Errorf("x-schema-when at line %d needs query, equals and schema", w.Line)
		}
		if c.schema, err = k.schema(fmt.Sprintf("%s/x-schema-when/%d/schema", pointer, i)); err != nil {
			return m, err
		}
		m.when = append(m.when, c)
	}
	return m, nil
}

func (k *compiler) header(at, name string) (h header, err error) {
	pointer, node, ok := k.c.base.resolve(at)
	if !ok {
		return h, fmt.Errorf("header %s leads nowhere", name)
	}
	h = header{name: name, pointer: pointer, required: scalar(node, "required") == "true", explode: scalar(node, "explode") == "true"}
	if s, _ := child(node, "schema"); s != nil {
		h.schema, err = k.schema(pointer + "/schema")
		return h, err
	}
	if content, _ := child(node, "content"); content != nil && len(content.Content) > 1 && isJSON(mediaName(content.Content[0].Value)) {
		h.content = true
		at := pointer + "/content/" + escapeToken(content.Content[0].Value)
		if s, _ := child(content.Content[1], "schema"); s != nil {
			h.schema, err = k.schema(at + "/schema")
		}
	}
	return h, err
}

func (k *compiler) schema(at string) (*judge, error) {
	pointer, _, ok := k.c.base.resolveSchema(at)
	if !ok {
		return nil, fmt.Errorf("the schema at #%s leads nowhere", at)
	}
	if j := k.done[pointer]; j != nil {
		return j, nil
	}
	j := &judge{pointer: pointer, shape: k.shapes.shape(pointer), hint: k.shapes.hint(pointer, 0)}
	var err error
	if j.must, err = k.must.compile(pointer); err != nil {
		return nil, err
	}
	if j.should, err = k.should.compile(pointer); err != nil {
		return nil, err
	}
	k.done[pointer] = j
	return j, nil
}

// schemaFault is the one line of a compile error that says where and what: the
// compiler names the schema by an address of ours, and lists every alternative
// that the metaschema allows.
func schemaFault(err error) string {
	text := strings.NewReplacer(baseURL, "", mergedURL, "").Replace(err.Error())
	head, _, more := strings.Cut(text, "\n")
	if !more {
		return head
	}
	schema, _, _ := strings.Cut(strings.TrimPrefix(head, `"`), `"`)
	for line := range strings.Lines(text) {
		place, what, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "- at '"), "': ")
		if ok && place != strings.TrimSpace(line) && !strings.Contains(what, "failed") {
			return schema + place + ": " + what
		}
	}
	return head
}

// answer returns what the document says of a status: the status itself, its
// range, or default; documented is false when none of them is there.
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
	// Too many requests is nothing that an operation answers: what one page
	// says of it holds for its whole version.
	if r := c.limited[o.Version]; r != nil && status == http.StatusTooManyRequests {
		return r, true
	}
	r = all["default"]
	return r, r != nil
}

// schemaFor chooses the schema of an answer by the query that was sent. Of a
// parameter that was sent twice any value may count, and one in another case or
// with space around it may be read as the word: no page says, and the conditional
// schema is the one that promises less.
func (m mediaType) schemaFor(query url.Values) *judge {
	for _, w := range m.when {
		if mayMean(query[w.query], w.equals) {
			return w.schema
		}
	}
	return m.schema
}

// mayMean reports whether one of the values may be read as word.
func mayMean(values []string, word string) bool {
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

// lineOf is the line in the base document at which a pointer's last token is
// named, and the steps that lead there.
func lineOf(root *yaml.Node, pointer string) ([]step, int) {
	steps, _ := walk(root, pointer)
	return steps, steps[len(steps)-1].line
}
