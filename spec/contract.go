package spec

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/pb33f/libopenapi"
	"github.com/pb33f/libopenapi/datamodel"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
)

//go:embed openapi.yaml
var openapiText []byte

//go:embed strict.overlay.yaml
var overlayText []byte

// A Contract is a loaded document with its overlay and the catalogue of
// requirements: everything that an exchange is judged by. It is immutable after
// loading and safe for concurrent use.
type Contract struct {
	name          string
	title         string
	version       string
	digest        string
	overlayDigest string

	base    *document
	merged  *document
	overlay *overlay

	operations []*Operation
	router     router
	catalogue  []Requirement
	byID       map[string]*Requirement

	responses map[string]map[string]*response // operationId, response key
	fallback  map[string]*response            // version -> the error answer for what no operation covers
	// requests judges requests, see CheckRequest. It is a function so that the
	// types of libopenapi stay out of this package's: whoever imports it would
	// have to compile them again, seconds for each package.
	requests func(Exchange) []string
	limited  map[string]*response // version -> the 429 answer that one of its pages documents
	universe func() *Universe
}

// Load returns the contract of the HostUp billing API, which is embedded. An error
// is a mistake of this repository.
func Load() (*Contract, error) {
	return load("spec/openapi.yaml", openapiText, "spec/strict.overlay.yaml", overlayText)
}

// LoadFile returns the contract that another OpenAPI 3.1 document states. The
// overlay is strict.overlay.yaml beside it, if there is one, else the embedded
// overlay: then the document has to have every place that it updates. The error
// names the file and, of a mistake in it, the place.
func LoadFile(path string) (*Contract, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return nil, fmt.Errorf("cannot read the document %s: %w", path, err)
	}
	name, over := "spec/strict.overlay.yaml", overlayText
	beside := filepath.Join(filepath.Dir(path), "strict.overlay.yaml")
	if t, err := os.ReadFile(beside); err == nil {
		name, over = beside, t
	}
	c, err := load(path, text, name, over)
	if err != nil && name != beside && strings.HasPrefix(err.Error(), name+":") {
		err = fmt.Errorf("%w; put a strict.overlay.yaml of its own beside it", err)
	}
	return c, err
}

func load(name string, text []byte, overlayName string, overlayText []byte) (*Contract, error) {
	written := text
	text = yamlText(text)
	base, err := parseDocument(name, text)
	if err != nil {
		return nil, err
	}
	if v, _ := child(base.root, "openapi"); v == nil || !strings.HasPrefix(v.Value, "3.1") {
		return nil, fmt.Errorf("%s is not an OpenAPI 3.1 document: it has to begin with openapi: 3.1.x", name)
	}
	baseJSON, err := base.json()
	if err != nil {
		return nil, err
	}
	if err := base.checkReferences(); err != nil {
		return nil, err
	}
	model, err := buildModel(name, text)
	if err != nil {
		return nil, err
	}
	over, err := applyOverlay(base, overlayName, overlayText)
	if err != nil {
		return nil, err
	}
	c := &Contract{
		name:          name,
		digest:        digest(written),
		overlayDigest: digest(overlayText),
		base:          base,
		merged:        over.merged,
		overlay:       over,
	}
	if info, _ := child(base.root, "info"); info != nil {
		c.title, c.version = scalar(info, "title"), scalar(info, "version")
	}
	if c.catalogue, c.byID, err = loadCatalogue(); err != nil {
		return nil, err
	}
	if c.operations, err = loadOperations(base); err != nil {
		return nil, err
	}
	c.router = newRouter(c.operations)
	if err := c.checkMarks(); err != nil {
		return nil, err
	}
	if err := c.compile(baseJSON); err != nil {
		return nil, err
	}
	c.requests = newRequestValidator(model)
	c.universe = sync.OnceValue(c.newUniverse)
	return c, nil
}

// buildModel lets libopenapi read the document: it finds members of the wrong
// kind.
func buildModel(name string, text []byte) (*v3.Document, error) {
	// what it logs, it returns as well
	doc, err := libopenapi.NewDocumentWithConfiguration(text, &datamodel.DocumentConfiguration{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("%s is not an OpenAPI document: %w", name, oneLine(err))
	}
	model, err := doc.BuildV3Model()
	if err != nil {
		return nil, fmt.Errorf("%s is not a sound OpenAPI document: %w", name, oneLine(err))
	}
	return &model.Model, nil
}

// oneLine keeps the first line of an error that lists many.
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

// Name is the document as findings name it: "spec/openapi.yaml", or the path
// that was given.
func (c *Contract) Name() string { return c.name }

// Title is that of the document's info object.
func (c *Contract) Title() string { return c.title }

// Version is that of the document's info object.
func (c *Contract) Version() string { return c.version }

// Digest is the SHA-256 of the document as written, in hexadecimal.
func (c *Contract) Digest() string { return c.digest }

// OverlayDigest is the SHA-256 of the overlay as written, in hexadecimal.
func (c *Contract) OverlayDigest() string { return c.overlayDigest }

// Operations lists the operations in the order of the document.
func (c *Contract) Operations() []*Operation { return c.operations }
