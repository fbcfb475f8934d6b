package document

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// bundled is the member of the root that holds the referenced files, by path.
const bundled = "x-bundled"

type file struct {
	pointer string // location in the tree: "/x-bundled/models~1pet.yaml"
	name    string
}

// A part is a used object in another file, or at a location where the specification has
// none of its kind.
type part struct {
	kind    Kind
	pointer string
}

// A Reader returns the text of a referenced file, by its path relative to the document.
type Reader func(path string) ([]byte, error)

// Beside returns a Reader for files at paths relative to the document's folder.
func Beside(path string) Reader {
	return func(relative string) ([]byte, error) {
		return os.ReadFile(filepath.Join(filepath.Dir(path), filepath.FromSlash(relative)))
	}
}

// Load is [Parse], and also reads the local files that references name, each once and
// recursively. They are placed below /x-bundled, and references to them are rewritten, so
// that the result is one document. An unreadable file is a problem of the reference. A
// nil read means that no file can be read.
func Load(name string, text []byte, read Reader) (*Document, error) {
	d, err := Parse(name, text)
	if err != nil {
		return nil, err
	}
	b := &bundler{d: d, read: read, addresses: d.addressesOf(text), done: map[string]string{}, told: map[used]bool{}}
	b.references(Root, "", d.Root, "")
	if len(d.files) > 0 {
		d.indexMembers(d.Root, map[*Node]bool{})
	}
	b.addresses.rewrite()
	d.joinPathItems()
	d.joinContents()
	d.plainTemplates()
	return d, nil
}

// FileOf returns the name of the file that contains a location.
func (d *Document) FileOf(pointer string) string {
	if strings.HasPrefix(pointer, "/"+bundled+"/") {
		for _, f := range d.files {
			if pointer == f.pointer || strings.HasPrefix(pointer, f.pointer+"/") {
				return f.name
			}
		}
	}
	return d.Name
}

type bundler struct {
	d    *Document
	read Reader

	addresses *addresses

	done map[string]string // path of a file -> its pointer, "" if it cannot be read
	all  *Node             // the mapping at /x-bundled
	told map[used]bool     // for references of the document to itself, see visited
}

// used is a reference, and the kind of object expected in its place.
type used struct {
	kind Kind
	ref  string
}

// references rewrites the references to files below an object of the file at path, "" for
// the document itself, and finds the parts that other references name.
func (b *bundler) references(k Kind, pointer string, n *Node, path string) {
	type external struct {
		kind Kind
		at   string
		ref  *Node
	}
	var found []external
	own := ""
	if path != "" {
		own = b.done[path]
	}
	b.d.VisitFrom(k, pointer, n, func(k Kind, at string, n *Node) bool {
		if target, ok := Reference(n); ok && (own != "" || !strings.HasPrefix(target, "#") || !b.visited(k, target)) {
			ref, _ := Child(n, "$ref")
			found = append(found, external{k, at, ref})
		}
		return true
	})
	for _, x := range found {
		b.reference(x.kind, x.at, x.ref, path)
	}
}

func (b *bundler) reference(k Kind, at string, ref *Node, from string) {
	if strings.HasPrefix(ref.Value, "#/"+bundled+"/") {
		return // already rewritten: several locations may share a node
	}
	target, fragment, _ := strings.Cut(ref.Value, "#")
	if pointer, ok := b.addresses.pointer(ref.Value, at); ok && target != "" && from == "" {
		ref.Value = "#" + Fragment(pointer)
		b.part(k, pointer, "")
		return
	}
	if u, err := url.Parse(target); err != nil || u.Scheme != "" || u.Host != "" {
		return // a URL: the $id of a schema or a problem that is reported later
	}
	path := from
	if target != "" {
		if unescaped, err := url.PathUnescape(target); err == nil {
			target = unescaped
		}
		path = filepath.ToSlash(filepath.Join(filepath.Dir(filepath.FromSlash(from)), filepath.FromSlash(target)))
		if filepath.IsAbs(target) {
			path = target
		}
	}
	if path == "" {
		if local, ok := LocalPointer(ref.Value); ok {
			b.part(k, local, path)
		}
		return
	}
	pointer := b.file(path, at, ref.Line)
	b.d.unread[ref] = pointer == ""
	if pointer == "" || fragment != "" && fragment[0] != '/' {
		return
	}
	ref.Value = "#" + (&url.URL{Fragment: pointer}).EscapedFragment() + fragment
	// a part of a file is visited as the kind that the reference expects
	if local, ok := LocalPointer(ref.Value); ok {
		b.part(k, local, path)
	}
}

// visited reports whether [Document.Visit] visits the target of a reference of the
// document to itself, as an object of the kind.
func (b *bundler) visited(k Kind, ref string) bool {
	pointer, ok := LocalPointer(ref)
	if !ok {
		return true // an anchor: only visited objects have one
	}
	x := used{k, ref}
	told, known := b.told[x]
	if !known {
		told = b.d.kindOf(Tokens(pointer)) == k
		b.told[x] = told
	}
	return told
}

func (b *bundler) part(k Kind, pointer, path string) {
	key := string(k) + " " + pointer
	if _, seen := b.done[key]; seen {
		return
	}
	b.done[key] = ""
	if steps, ok := b.d.Walk(b.d.Root, pointer); ok {
		b.d.parts = append(b.d.parts, part{k, pointer})
		b.references(k, pointer, steps[len(steps)-1].Node, path)
	}
}

// file reads a file once and returns its pointer, "" if it cannot be read.
func (b *bundler) file(path, at string, line int) string {
	if pointer, seen := b.done[path]; seen {
		return pointer
	}
	b.done[path] = ""
	root, err := b.parse(path)
	if err != nil {
		b.d.problem("DOC-REF-001", at, line, fmt.Sprintf("external $ref %q cannot be read (%v): put the file beside the document, or bundle the document first", path, err))
		return ""
	}
	if b.all == nil {
		b.all = &Node{Kind: Mapping, Line: 1}
		b.d.Root.Content = append(b.d.Root.Content, &Node{Kind: Scalar, Value: bundled, Line: 1}, b.all)
		delete(b.d.index, b.d.Root)
	}
	b.all.Content = append(b.all.Content, &Node{Kind: Scalar, Value: path, Line: 1}, root)
	delete(b.d.index, b.all)
	pointer := Pointer(bundled, path)
	b.done[path] = pointer
	b.d.files = append(b.d.files, file{pointer: pointer, name: b.nameOf(path)})
	return pointer
}

func (b *bundler) parse(path string) (*Node, error) {
	if b.read == nil {
		return nil, fmt.Errorf("there is no folder to look in")
	}
	text, err := b.read(path)
	if err != nil {
		return nil, err
	}
	return parse(text)
}

func (b *bundler) nameOf(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.ToSlash(filepath.Join(filepath.Dir(b.d.Name), path))
}
