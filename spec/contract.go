package spec

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// A Contract is a loaded document with its overlay and the catalogue of requirements:
// everything that an exchange is judged by. It is immutable after loading and safe for
// concurrent use.
type Contract struct {
	name          string
	title         string
	version       string
	digest        string
	overlayDigest string

	base    *document.Document
	merged  *document.Document // with the overlay; base if there is none
	overlay *document.Overlay  // nil if there is none

	place func(pointer string) string // from the compiled schemas to the document, see schema.Set

	pack       *Pack    // nil: none
	bases      []string // base paths, see Locate
	under      *string  // base path of the target, see Under; nil: as the document has it
	operations []*Operation
	router     router
	catalogue  []Requirement
	byID       map[string]*Requirement
	latent     map[string]bool // ids of requirements that nothing in the document exercises, see narrow
	rules      []Rule          // in order of judging

	responses map[string]map[string]*response // operationId, response key
	fallback  map[string]*response            // version -> the error response where no operation applies
	// requests judges requests, see CheckRequest. It is a function so that the types of
	// libopenapi stay out of those of this package: importers would have to compile them
	// again, seconds for each package.
	requests func() func(Exchange) []string
	limited  map[string]*response // version -> the 429 response that one of its pages documents
	universe func() *Universe
	keys     func() map[string][]string // see keyNames
	words    func() map[string]bool     // see Word
	matchers *matchers                  // of the credentials of requests
	readers  *sync.Pool                 // of *jsontext.Reader, see Judgement.JSON
	reach    func() *Reach
	marked   func() bool // whether there is any x-requirement or x-recommendation
}

// LoadFile returns the contract in an OpenAPI document of version 3.0, 3.1 or 3.2, in
// YAML or JSON, with the local files that it refers to. The document may belong to one of
// the packs, see [Pack]. The overlays are applied in their order and become part of the
// document. If there is a strict.overlay.yaml beside the document, what it adds is
// SHOULD.
//
// An error names the file and, if possible, the location in it. A fault in a part of the
// document is no error: see [Contract.Problems].
func LoadFile(packs []*Pack, path string, overlays ...string) (*Contract, error) {
	text, err := readFile(path, "document")
	if err != nil {
		return nil, err
	}
	beside := filepath.Join(filepath.Dir(path), "strict.overlay.yaml")
	s := source{File: File{path, text}, packs: packs, read: document.Beside(path)}
	if text, err := os.ReadFile(beside); err == nil && !slices.Contains(overlays, beside) {
		s.overlays = []File{{beside, text}}
	}
	return loadWith(s, overlays)
}

// LoadText is [LoadFile] for a document that is not a file: it has no files beside it.
func LoadText(packs []*Pack, name string, text []byte, overlays ...string) (*Contract, error) {
	return loadWith(source{File: File{name, text}, packs: packs}, overlays)
}

func loadWith(s source, overlays []string) (*Contract, error) {
	for _, o := range overlays {
		text, err := readFile(o, "overlay")
		if err != nil {
			return nil, err
		}
		s.edits = append(s.edits, File{o, text})
	}
	return load(s)
}

func readFile(path, what string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return nil, fmt.Errorf("cannot read the %s %s: %w", what, path, err)
	}
	return text, nil
}

// A source holds the inputs from which a contract is loaded.
type source struct {
	File
	packs    []*Pack
	read     document.Reader // reads referenced files; nil: none can be read
	edits    []File          // overlays that are part of the document
	overlays []File          // overlays that only add SHOULD
}

func load(s source) (*Contract, error) {
	base, err := edited(s)
	if err != nil {
		return nil, err
	}
	dialect, err := base.Dialect()
	if err != nil {
		return nil, err
	}
	base.CheckReferences()
	c := &Contract{name: s.Name, digest: digest(s.Text), base: base, merged: base, matchers: &matchers{}, readers: &sync.Pool{New: func() any { return new(jsontext.Reader) }}}
	for _, o := range s.overlays {
		if c.overlay == nil {
			c.overlay = document.NewOverlay(base)
			c.merged = c.overlay.Merged
		}
		if err := c.overlay.Apply(o.Name, o.Text); err != nil {
			return nil, err
		}
		c.overlayDigest = digest(o.Text)
	}
	if info, _ := child(base.Root, "info"); info != nil {
		c.title, c.version = scalar(info, "title"), scalar(info, "version")
	}
	if c.operations, err = loadOperations(base); err != nil {
		return nil, err
	}
	c.router = newRouter(c.operations)
	for _, step := range []func() error{
		func() error { return c.choosePack(s.packs) },
		c.loadCatalogue,
		c.checkMarks,
		func() error { return c.compile(dialect) },
		c.narrow,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	c.bases = c.basePaths()
	c.rules = c.table()
	c.derive(s)
	return c, nil
}

// edited returns the document with the overlays that are part of it.
func edited(s source) (*document.Document, error) {
	base, err := document.Load(s.Name, s.Text, s.read)
	if err != nil || len(s.edits) == 0 {
		return base, err
	}
	overlay := document.NewOverlay(base)
	for _, o := range s.edits {
		if err := overlay.Apply(o.Name, o.Text); err != nil {
			return nil, err
		}
	}
	overlay.Merged.Name = s.Name
	return overlay.Merged, nil
}

// derive sets up what is derived from the document on first use.
func (c *Contract) derive(s source) {
	c.requests = sync.OnceValue(func() func(Exchange) []string { return requestValidator(s.Name, s.Text) })
	c.universe = onceUniverse(c)
	c.keys = sync.OnceValue(c.allKeyNames)
	c.words = sync.OnceValue(func() map[string]bool { return c.allWords(s.Text) })
	c.reach = sync.OnceValue(c.newReach)
	c.marked = sync.OnceValue(func() bool { return hasMarks(c.merged.Root) })
}

func onceUniverse(c *Contract) func() *Universe { return sync.OnceValue(c.newUniverse) }

// Problems returns the faults of the document, in line order. Each disables only the
// keyword, the reference or the operation that it concerns.
func (c *Contract) Problems() []document.Problem {
	list := slices.Clone(c.base.Problems)
	if c.merged == c.base {
		return list
	}
	for _, p := range c.merged.Problems { // with the overlay, at lines of its own
		if !slices.ContainsFunc(list, func(q document.Problem) bool { return q.ID == p.ID && q.Text == p.Text }) {
			list = append(list, p)
		}
	}
	return list
}

// oneLine returns the first line of an error that has many.
func oneLine(err error) error {
	first, rest, more := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	if more && strings.TrimSpace(rest) != "" {
		first += fmt.Sprintf(" (and %d more)", strings.Count(strings.TrimSpace(rest), "\n")+1)
	}
	return errors.New(first)
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Name returns the name of the document in findings: "openapi.yaml", or the given path.
func (c *Contract) Name() string { return c.name }

// Title returns the title of the document's info object.
func (c *Contract) Title() string { return c.title }

// Version returns the version of the document's info object.
func (c *Contract) Version() string { return c.version }

// Digest returns the SHA-256 of the document as written, in hexadecimal.
func (c *Contract) Digest() string { return c.digest }

// OverlayDigest returns the SHA-256 of the overlay as written, in hexadecimal.
func (c *Contract) OverlayDigest() string { return c.overlayDigest }

// Operations returns the operations in the order of the document. The returned slice is
// shared and must not be modified.
func (c *Contract) Operations() []*Operation { return c.operations }
