package spec

import (
	_ "embed"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/document"
)

//go:embed generic.yaml
var genericText []byte

// A Pack is what ships with the suite for one API: a contract, and as data and hooks
// what no document can say of that API. A document of others has none: of it only
// what the document, HTTP and the OpenAPI specification say is judged. A pack must
// not be changed once a contract has been loaded with it.
type Pack struct {
	Name string // a document belongs to the pack if its x-pack is that, or if an operation has one of Versions

	Document  File // the built-in one
	Overlay   File // what only it says is SHOULD
	Catalogue File // requirements, for any document of the pack
	Profiles  File

	// Versions are the forms in which operations answer (x-version).
	Versions []Version

	// VersionAt is the name of the version that answers at a path where the document
	// has no operation, "" for none.
	VersionAt func(path string) string

	// Addresses are the members of an object, as the whole body, with an address that
	// its reader is to follow.
	Addresses []string

	// Rules are those beside the ones that hold for any API.
	Rules []Rule
}

// A File is a text and its name in messages and findings.
type File struct {
	Name string
	Text []byte
}

// A Version is a form in which some operations of an API answer.
type Version struct {
	Name     string // as x-version has it
	Problems bool   // errors are Problem documents (RFC 9457)
	Statuses []int  // error statuses that any operation may answer, documented or not
}

// Load returns the contract of the pack. An error is a mistake of this repository.
func (p *Pack) Load() (*Contract, error) {
	c, err := load(source{File: p.Document, packs: []*Pack{p}, overlays: []File{p.Overlay}})
	if err != nil {
		return nil, err
	}
	for _, p := range c.Problems() {
		return nil, fmt.Errorf("%s:%d: %s", p.File, p.Line, p.Text)
	}
	return c, nil
}

// named is the version of that name, nil for none.
func (p *Pack) named(version string) *Version {
	i := slices.IndexFunc(p.Versions, func(v Version) bool { return v.Name == version })
	if i < 0 {
		return nil
	}
	return &p.Versions[i]
}

// version is the version that answers: that of the operation, or of the path where
// there is none.
func (p *Pack) version(o *Operation, path string) *Version {
	if o != nil {
		return p.named(o.Version)
	}
	if p.VersionAt == nil {
		return nil
	}
	return p.named(p.VersionAt(path))
}

// Pack is the name of the contract's pack, "" if it has none.
func (c *Contract) Pack() string {
	if c.pack == nil {
		return ""
	}
	return c.pack.Name
}

// choosePack finds the pack that the document belongs to: the one that it names, or
// that of its operations.
func (c *Contract) choosePack(packs []*Pack) error {
	name := scalar(c.base.Root, "x-pack")
	for _, p := range packs {
		if p.Name == name || name == "" && slices.ContainsFunc(c.operations, func(o *Operation) bool { return p.named(o.Version) != nil }) {
			c.pack = p
			c.checkVersions()
			return nil
		}
	}
	for _, o := range c.operations {
		o.Version = "" // what others say with x-version is not known
	}
	if name != "" {
		return fmt.Errorf("%s: x-pack names %q, which no pack is called", c.name, name)
	}
	return nil
}

// checkVersions reports operations of a version that the pack does not have.
func (c *Contract) checkVersions() {
	var names []string
	for _, v := range c.pack.Versions {
		names = append(names, v.Name)
	}
	for _, o := range c.operations {
		if o.Version != "" && !slices.Contains(names, o.Version) {
			c.base.Report(document.Problem{ID: "DOC-EXTENSION-001", Pointer: o.pointer + "/x-version", Text: fmt.Sprintf("x-version is %q: give %s", o.Version, strings.Join(names, " or "))})
			o.Version = ""
		}
	}
}

// known leaves out the findings of requirements that the contract does not have,
// and those that say of a document without a pack what it leaves open.
func (k *Judgement) known() {
	k.findings = slices.DeleteFunc(k.findings, func(f Finding) bool {
		switch {
		case k.c.byID[f.Requirement] == nil:
			return true
		case k.c.pack != nil:
			return false
		case f.Requirement == "HTTP-STATUS-001":
			// a redirect is the business of what stands in front
			return f.Status/100 != 2 || k.op != nil && !slices.ContainsFunc(k.op.Statuses, func(s string) bool { return s[0] == '2' })
		case f.Requirement == "HTTP-STATUS-002":
			return commonStatus(f.Status) || k.op != nil && slices.Contains(k.op.Statuses, "default")
		case f.Requirement == "AUTH-CHALLENGE-001":
			return !k.challenged()
		}
		return false
	})
}

// commonStatus reports whether documents leave an error status out because any
// operation may answer it: what they say of it together is one note, see
// [Contract.Unlisted].
func commonStatus(status int) bool {
	switch status {
	case 400, 401, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 422, 426, 428, 429, 431:
		return true
	}
	return status >= 501
}

// Unlisted reports whether a status is one that the operation does not document,
// nor a default, and that any operation may answer.
func (o *Operation) Unlisted(status int) bool {
	return commonStatus(status) && !o.Documents(status) && !slices.Contains(o.Statuses, "default")
}

// challenged reports whether the operation has a scheme of HTTP authentication,
// which a 401 has to name.
func (k *Judgement) challenged() bool {
	if k.op == nil {
		return false
	}
	for _, all := range k.c.Access(k.op).Alternatives {
		for _, s := range all {
			if s.Type != "apiKey" {
				return true
			}
		}
	}
	return false
}

// Unbound reports whether a requirement is none of the contract.
func (c *Contract) Unbound(id string) bool { return c.byID[id] == nil }

// IsJSON reports whether a media type, with or without parameters, is one of JSON.
func IsJSON(mediaType string) bool { return isJSON(mediaName(mediaType)) }

// AnswersJSON reports whether the document has an answer of the operation in JSON, or
// in lines of it.
func (c *Contract) AnswersJSON(o *Operation) bool {
	return c.answersAs(o, isJSON) || c.answersAs(o, content.IsLines)
}

// AnswersXML reports whether the document has an answer of the operation in XML.
func (c *Contract) AnswersXML(o *Operation) bool { return c.answersAs(o, isXML) }

// narrow leaves out the requirements that nothing in the document can put to the
// test: those of which the catalogue names a condition that no operation meets.
func (c *Contract) narrow() error {
	if c.pack != nil {
		return nil
	}
	var file struct {
		Requirements []struct{ ID, When string }
	}
	if err := yaml.Unmarshal(genericText, &file); err != nil {
		return fmt.Errorf("generic.yaml cannot be read: %w", err)
	}
	met := c.conditions()
	for _, r := range file.Requirements {
		if r.When != "" && !met[r.When] {
			c.catalogue = slices.DeleteFunc(c.catalogue, func(q Requirement) bool { return q.ID == r.ID })
		}
	}
	c.byID = map[string]*Requirement{}
	for i := range c.catalogue {
		c.byID[c.catalogue[i].ID] = &c.catalogue[i]
	}
	return nil
}

// conditions are what the document has of what requirements are about.
func (c *Contract) conditions() map[string]bool {
	met := map[string]bool{"overlay": c.merged != c.base}
	mentioned := c.mentions("default", "readOnly", "writeOnly")
	for _, o := range c.operations {
		a, in := c.Access(o), c.Inputs(o)
		for name, holds := range map[string]bool{
			"content":        c.hasContent(o),
			"json":           c.AnswersJSON(o),
			"xml":            c.AnswersXML(o),
			"problems":       c.answersAs(o, func(name string) bool { return name == "application/problem+json" }),
			"secured":        a.Required(),
			"secured-writes": a.Required() && o.Effect != Reads && !a.ReadingSuffices(),
			"secured-ids":    a.Required() && len(Placeholders(o.Path)) > 0,
			"scopes":         a.Required() && slices.ContainsFunc(a.Scopes, func(list []string) bool { return len(list) > 0 }),
			"reads":          o.Method == "GET",
			"bodiless":       o.Method == "GET" || o.Documents(http.StatusNoContent),
			"inputs":         len(in.Parameters) > 0 || in.Body != nil,
			"queries": o.Effect == Reads && slices.ContainsFunc(in.Parameters, func(p Input) bool {
				return p.In == "query" && !p.Required && !p.Deprecated
			}),
			"paged":         o.Method == http.MethodGet && slices.ContainsFunc(in.Parameters, func(p Input) bool { return p.In == "query" }),
			"ranges":        o.Method == http.MethodGet && o.Documents(http.StatusPartialContent),
			"defaults":      o.Method == http.MethodPost && in.Body != nil && mentioned("default"),
			"write-only":    c.AnswersJSON(o) && mentioned("writeOnly"),
			"read-only":     o.Method == http.MethodPost && in.Body != nil && mentioned("readOnly"),
			"things":        o.Method == http.MethodGet && c.hasCreation(o),
			"if-match":      c.LooksAt(o, "If-Match"),
			"if-none-match": c.LooksAt(o, "If-None-Match"),
		} {
			met[name] = met[name] || holds
		}
	}
	return met
}

// mentions returns a function that says which of some keywords the document has.
func (c *Contract) mentions(keywords ...string) func(string) bool {
	found := map[string]bool{}
	var look func(n *document.Node)
	look = func(n *document.Node) {
		for i, child := range n.Content {
			if n.Kind == document.Mapping && i%2 == 0 {
				if slices.Contains(keywords, child.Value) {
					found[child.Value] = true
				}
				continue
			}
			look(child)
		}
	}
	look(c.base.Root)
	return func(keyword string) bool { return found[keyword] }
}

// hasCreation reports whether the path of an operation is that of a thing, and its
// collection has a POST.
func (c *Contract) hasCreation(o *Operation) bool {
	path := strings.TrimRight(o.Path, "/")
	at := strings.LastIndex(path, "/{")
	return at > 0 && strings.HasSuffix(path, "}") && slices.ContainsFunc(c.operations, func(other *Operation) bool {
		return other.Method == http.MethodPost && strings.TrimRight(other.Path, "/") == path[:at]
	})
}

// LooksAt reports whether the document says that an operation looks at a precondition
// of RFC 9110 section 13: by a parameter, or a read by 304 Not Modified.
func (c *Contract) LooksAt(o *Operation, precondition string) bool {
	if precondition == "If-None-Match" && (o.Method != http.MethodGet || o.Documents(http.StatusNotModified)) {
		return o.Method == http.MethodGet
	}
	return slices.ContainsFunc(c.Inputs(o).Parameters, func(p Input) bool {
		return p.In == "header" && strings.EqualFold(p.Name, precondition)
	})
}

// hasContent reports whether the document has an answer of the operation with a
// body or headers.
func (c *Contract) hasContent(o *Operation) bool {
	for _, r := range c.responses[o.ID] {
		if len(r.media)+len(r.headers) > 0 {
			return true
		}
	}
	return false
}

// answersAs reports whether the document has an answer of the operation in a media
// type of a kind.
func (c *Contract) answersAs(o *Operation, is func(name string) bool) bool {
	for _, r := range c.responses[o.ID] {
		if slices.ContainsFunc(r.media, func(m mediaType) bool { return is(m.name) }) {
			return true
		}
	}
	return false
}
