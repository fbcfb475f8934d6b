package changes

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/spec/document"
)

// maxDepth bounds the nesting of a document.
const maxDepth = 1000

type version uint8

const (
	swagger20 version = iota
	openAPI30
	openAPI31 // and newer
)

// A file is a document, or a file that it refers to.
type file struct {
	name    string
	version version
	root    *node
	anchors map[string]*node
	others  *files
}

// files holds the files of one document, each read once.
type files struct {
	read  func(name string) ([]byte, error)
	known map[string]*file // nil for those that cannot be read
}

// open parses a document and determines its version.
func open(d Document) (*file, error) {
	fs := &files{d.Read, map[string]*file{}}
	f, err := parse(d.Name, d.Text, fs)
	if err != nil {
		return nil, err
	}
	switch v := f.root.get("openapi"); {
	case f.root.get("swagger") != nil:
		f.version = swagger20
	case v == nil:
		what := document.Foreign(func(member string) bool { return f.root.get(member) != nil })
		return nil, fmt.Errorf("%s is %s", d.Name, cmp.Or(what, "not an OpenAPI document: it has no member openapi (or swagger)"))
	case strings.HasPrefix(v.text, "3.0"):
		f.version = openAPI30
	case strings.HasPrefix(v.text, "3."):
		f.version = openAPI31
	default:
		return nil, fmt.Errorf("%s is not an OpenAPI document of version 3 (or Swagger 2.0): openapi is %q", d.Name, v.text)
	}
	fs.known[d.Name] = f
	return f, nil
}

// parse reads JSON as JSON, because YAML does not support all of its escapes, and
// everything else as YAML.
func parse(name string, source []byte, fs *files) (*file, error) {
	f := &file{name: name, others: fs}
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	if document.Markup(source) {
		return nil, fmt.Errorf("%s is HTML or XML, perhaps the page of a log-in or an error: give an OpenAPI document", name)
	}
	var err error
	if trimmed := bytes.TrimLeft(source, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '{' {
		r := &jsonReader{file: f, source: source, line: 1, decoder: json.NewDecoder(bytes.NewReader(source))}
		r.decoder.UseNumber()
		if f.root, err = r.document(); err == nil {
			return f, nil
		}
	}
	doc, err := document.ReadYAML(source)
	if err != nil {
		return nil, fmt.Errorf("%s is not an OpenAPI document: %w", name, oneLine(err))
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, fmt.Errorf("%s is not an OpenAPI document: it is empty", name)
	}
	r := &yamlReader{file: f, shared: map[*yaml.Node]*node{}}
	if f.root, err = r.node(doc.Content[0], 0); err != nil {
		return nil, fmt.Errorf("%s is not an OpenAPI document: %w", name, err)
	}
	if f.root.kind != object {
		return nil, fmt.Errorf("%s is not an OpenAPI document: it is no object", name)
	}
	return f, nil
}

func oneLine(err error) error {
	return errors.New(strings.Join(strings.Fields(err.Error()), " "))
}

// resolve returns the target of a reference; nil if it is unresolved, in an unreadable
// file, or on another host.
func (f *file) resolve(ref string) *node {
	u, err := url.Parse(ref)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return nil
	}
	if u.Path != "" {
		if f = f.others.file(path.Join(path.Dir(f.name), u.Path), f.version); f == nil {
			return nil
		}
	}
	if u.Fragment != "" && !strings.HasPrefix(u.Fragment, "/") {
		return f.anchor(u.Fragment)
	}
	n := f.root
	for _, key := range strings.Split(strings.TrimPrefix(u.Fragment, "/"), "/") {
		if key == "" && n == f.root {
			continue
		}
		if n = n.step(strings.ReplaceAll(strings.ReplaceAll(key, "~1", "/"), "~0", "~")); n == nil {
			return nil
		}
	}
	return n
}

// step returns a member or item of n, following references on the way.
func (n *node) step(key string) *node {
	for range 64 {
		if n == nil {
			return nil
		}
		if n.kind == list {
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(n.kids) {
				return nil
			}
			return n.kids[i]
		}
		if m := n.get(key); m != nil {
			return m
		}
		ref := n.get("$ref")
		if ref == nil || ref.kind != text {
			return nil
		}
		n = n.file.resolve(ref.text)
	}
	return nil
}

// deref follows references in place of an OpenAPI object; it returns nil if one is
// unresolved.
func (n *node) deref() *node {
	for range 64 {
		ref := n.get("$ref")
		if ref == nil || ref.kind != text {
			return n
		}
		if n = n.file.resolve(ref.text); n == nil {
			return nil
		}
	}
	return nil
}

func (f *file) anchor(name string) *node {
	if f.anchors == nil {
		f.anchors = map[string]*node{}
		seen := map[*node]bool{}
		var visit func(n *node)
		visit = func(n *node) {
			if seen[n] {
				return
			}
			seen[n] = true
			for _, key := range []string{"$anchor", "$dynamicAnchor"} {
				if a := n.str(key); a != "" && f.anchors[a] == nil {
					f.anchors[a] = n
				}
			}
			for _, c := range n.kids {
				visit(c)
			}
		}
		visit(f.root)
	}
	return f.anchors[name]
}

// file returns another file, nil if it cannot be read. It gets the version of the
// document that refers to it.
func (fs *files) file(name string, v version) *file {
	f, known := fs.known[name]
	if known || fs.read == nil {
		return f
	}
	if source, err := fs.read(name); err == nil {
		if f, err = parse(name, source, fs); err == nil {
			f.version = v
		} else {
			f = nil
		}
	}
	fs.known[name] = f
	return f
}
