package schema

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/libopenapi-validator/config"
	"github.com/pb33f/libopenapi-validator/helpers"

	"github.com/hostup/api-conformance/spec/document"
)

// address is the URL under which the compiler knows the document.
const address = "https://contract.invalid/"

// anything is the member of $defs that is the schema of every value.
const anything = "anything"

// A Set holds the schemas of a document and compiles each on demand, once. It is not safe
// for concurrent use; the schemas that it returns are.
type Set struct {
	d        *document.Document
	legacy   bool
	compiler *jsonschema.Compiler
	defs     map[string]any
	wrapped  map[string]bool
	done     map[string]*jsonschema.Schema
	unmets   map[string][]Conflict // by location
}

// A Direction says which values a schema judges.
type Direction string

// Write-only properties are not required in a response, read-only ones not in a request.
const (
	Answers  Direction = "writeOnly"
	Requests Direction = "readOnly"
)

// New reads the schemas of a document. version is its dialect: "3.0", or a later one.
// vocabulary, if not nil, reads keywords beyond those of JSON Schema. Without it, and in
// requests, the discriminator of oneOf and anyOf separates their alternatives. Formats
// are asserted. Faults of a schema become problems of the document; an error is a bug.
func New(d *document.Document, version string, of Direction, vocabulary *jsonschema.Vocabulary) (*Set, error) {
	w := &writer{d: d, hidden: string(of), legacy: version == "3.0", apart: vocabulary == nil || of == Requests, dynamic: usesDynamicRef(d)}
	s, err := w.compile(vocabulary)
	if err != nil && w.dynamic {
		d.Report(document.Problem{ID: "DOC-SCHEMA-001", Line: 1, Text: "$dynamicRef is ignored: " + err.Error()})
		w.dynamic = false
		s, err = w.compile(vocabulary)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.Name, err)
	}
	return s, nil
}

// compile rewrites the schemas and returns them as a Set with a compiler.
func (w *writer) compile(vocabulary *jsonschema.Vocabulary) (*Set, error) {
	w.references, w.defs, w.wrapped = nil, map[string]any{anything: true}, map[string]bool{}
	w.write()
	s := &Set{d: w.d, legacy: w.legacy, defs: w.defs, wrapped: w.wrapped, done: map[string]*jsonschema.Schema{}, unmets: map[string][]Conflict{}}
	options, err := formats()
	if err != nil {
		return nil, err
	}
	options = append(options, config.WithFormatAssertions(), config.WithRegexEngine(ECMA))
	for range maxBad {
		s.compiler = jsonschema.NewCompiler()
		helpers.ConfigureCompiler(s.compiler, config.NewValidationOptions(options...))
		if vocabulary != nil {
			s.compiler.RegisterVocabulary(vocabulary)
			s.compiler.AssertVocabs()
		}
		if err := s.compiler.AddResource(address, map[string]any{"$defs": s.defs}); err != nil {
			return nil, err
		}
		_, err := s.compiler.Compile(address + "#/$defs/" + anything)
		if err == nil {
			return s, nil
		}
		if !s.drop(err) {
			return nil, fmt.Errorf("the schemas do not compile: %s", fault(err))
		}
	}
	return nil, fmt.Errorf("more than %d schemas do not compile", maxBad)
}

// maxBad bounds the schemas that are dropped one by one. The writer already leaves out
// what the metaschema refuses, so there are hardly any.
const maxBad = 50

// drop replaces the schema that the metaschema refuses; it reports whether the error
// names one.
func (s *Set) drop(err error) bool {
	var bad *jsonschema.SchemaValidationError
	if !errors.As(err, &bad) {
		return false
	}
	for line := range strings.Lines(bad.Err.Error()) {
		_, place, ok := strings.Cut(line, "at '/$defs/")
		if !ok {
			continue
		}
		key := document.Tokens("/" + strings.FieldsFunc(place, func(r rune) bool { return r == '/' || r == '\'' })[0])[0]
		if s.defs[key] == nil || s.defs[key] == true {
			continue
		}
		s.d.Report(document.Problem{ID: "DOC-SCHEMA-001", Pointer: key, Text: "the schema does not compile, every value meets it: " + fault(err)})
		s.defs[key] = true
		return true
	}
	return false
}

// SaysMore reports whether a schema of the document is write-only or has a discriminator:
// keywords that can be read leniently and strictly.
func (s *Set) SaysMore() bool {
	found := false
	s.d.Visit(func(k document.Kind, _ string, n *document.Node) bool {
		if k == document.Schema && !found {
			d, _ := document.Child(n, "discriminator")
			found = d != nil || document.Text(n, string(Answers)) == "true"
		}
		return !found
	})
	return found
}

func usesDynamicRef(d *document.Document) bool {
	found := false
	d.Visit(func(k document.Kind, _ string, n *document.Node) bool {
		found = found || k == document.Schema && document.Text(n, "$dynamicRef") != ""
		return !found
	})
	return found
}

// Compile returns the schema at a canonical pointer of the document. A schema that does
// not compile is reported as a problem of the document, and accepts every value.
func (s *Set) Compile(pointer string) *jsonschema.Schema {
	if done := s.done[pointer]; done != nil {
		return done
	}
	at, rest, _ := within(s.defs, pointer)
	compiled, err := s.compiler.Compile(address + "#" + document.Fragment("/$defs/"+document.Escape(at)+inside(s.wrapped, at, rest)))
	if err != nil {
		s.d.Report(document.Problem{ID: "DOC-SCHEMA-001", Pointer: pointer, Text: "the schema does not compile, every value meets it: " + fault(err)})
		compiled = s.compiler.MustCompile(address + "#/$defs/" + anything)
	}
	s.done[pointer] = compiled
	return compiled
}

// Resolve returns the canonical pointer of the schema at a pointer:
// [document.Document.ResolveSchema] in the dialect of the document.
func (s *Set) Resolve(pointer string) (canonical string, ok bool) {
	if s.legacy {
		canonical, _, ok = s.d.Resolve(pointer)
	} else {
		canonical, _, ok = s.d.ResolveSchema(pointer)
	}
	return canonical, ok
}

// Written returns the document pointer for a pointer into the compiled schemas.
func Written(pointer string) string {
	key, ok := strings.CutPrefix(pointer, "/$defs/")
	if !ok {
		return pointer
	}
	key, rest, more := strings.Cut(key, "/")
	if pointer = document.Tokens("/" + key)[0]; more {
		pointer += "/" + rest
	}
	return pointer
}

// Place returns the pointer, in the document as written, for a pointer into the compiled
// schemas.
func (s *Set) Place(pointer string) string {
	pointer = Written(pointer)
	if len(s.wrapped) == 0 || !strings.Contains(pointer, "/anyOf/1") {
		return pointer
	}
	at := ""
	rest := pointer
	for rest != "" {
		if s.wrapped[at] {
			rest = strings.TrimPrefix(rest, "/anyOf/1")
			if rest == "" {
				break
			}
		}
		i := strings.Index(rest[1:], "/") + 1
		if i == 0 {
			i = len(rest)
		}
		at, rest = at+rest[:i], rest[i:]
	}
	return at
}

// fault returns the most specific line of a compile error: the compiler lists every
// alternative that the metaschema allows.
func fault(err error) string {
	text := strings.ReplaceAll(err.Error(), address, "")
	head, _, more := strings.Cut(text, "\n")
	if !more {
		return head
	}
	for line := range strings.Lines(text) {
		place, what, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "- at '"), "': ")
		if ok && place != strings.TrimSpace(line) && !strings.Contains(what, "failed") {
			return place + ": " + what
		}
	}
	return head
}
