package spec

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/hostup/api-conformance/spec/document"
)

//go:embed generic.yaml
var genericText []byte

// A Pack supports one API: it holds a contract, with data and hooks for what a document
// cannot express. A foreign document has none and is judged only by the
// document, HTTP and the OpenAPI specification. A pack must not be modified once a
// contract has been loaded with it.
type Pack struct {
	Name string // a document belongs to the pack if this is its x-pack, or if an operation has one of Versions

	Document  File // the built-in document
	Overlay   File // what only the overlay says is SHOULD
	Catalogue File // requirements, for any document of the pack
	Profiles  File

	// Versions are the API versions of operations (x-version).
	Versions []Version

	// VersionAt returns the name of the version that responds at an undocumented path, ""
	// for none.
	VersionAt func(path string) string

	// Addresses lists top-level properties of bodies with a URL that the reader is meant
	// to follow.
	Addresses []string

	// Rules are those besides the ones that hold for any API.
	Rules []Rule
}

// A File is a text and its name in messages and findings.
type File struct {
	Name string
	Text []byte
}

// A Version is an API version, which determines how operations respond.
type Version struct {
	Name     string // as in x-version
	Problems bool   // errors are Problem documents (RFC 9457)
	Statuses []int  // error statuses that any operation may return, documented or not
}

// Load returns the contract of the pack. An error is a bug of this repository.
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

// named returns the version with this name, nil for none.
func (p *Pack) named(version string) *Version {
	i := slices.IndexFunc(p.Versions, func(v Version) bool { return v.Name == version })
	if i < 0 {
		return nil
	}
	return &p.Versions[i]
}

// version returns the version that responds: that of the operation, else that of the
// path.
func (p *Pack) version(o *Operation, path string) *Version {
	if o != nil {
		return p.named(o.Version)
	}
	if p.VersionAt == nil {
		return nil
	}
	return p.named(p.VersionAt(path))
}

// Pack returns the name of the contract's pack, "" if it has none.
func (c *Contract) Pack() string {
	if c.pack == nil {
		return ""
	}
	return c.pack.Name
}

// choosePack sets the pack that the document belongs to: the one that it names, else that
// of its operations.
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
		o.Version = "" // x-version of foreign documents means something else
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
			c.base.Report(document.Problem{ID: "DOC-EXTENSION-001", Pointer: o.pointer + "/x-version", Text: fmt.Sprintf("x-version is %q: give %s", o.Version, Or(names))})
			o.Version = ""
		}
	}
}

// known drops the findings of requirements that the contract does not have, and for a
// document without a pack those about what the document leaves open.
func (k *Judgement) known() {
	k.findings = slices.DeleteFunc(k.findings, func(f Finding) bool {
		switch {
		case k.c.byID[f.Requirement] == nil:
			return true
		case k.c.pack != nil:
			return false
		case f.Requirement == "HTTP-STATUS-001":
			// a redirect is up to the proxy in front
			return f.Status/100 != 2 || k.op != nil && !slices.ContainsFunc(k.op.Statuses, func(s string) bool { return s[0] == '2' })
		case f.Requirement == "HTTP-STATUS-002":
			return commonStatus(f.Status) || k.op != nil && slices.Contains(k.op.Statuses, "default")
		case f.Requirement == "AUTH-CHALLENGE-001":
			return !k.challenged()
		}
		return false
	})
}

// commonStatus reports whether documents omit an error status because any operation may
// return it: they are one note about the document, see [Contract.Unlisted].
func commonStatus(status int) bool {
	switch status {
	case 400, 401, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 422, 426, 428, 429, 431:
		return true
	}
	return status >= 501
}

// Unlisted reports whether the operation documents neither the status nor a default, and
// the status is one that any operation may return.
func (o *Operation) Unlisted(status int) bool {
	return commonStatus(status) && !o.Documents(status) && !slices.Contains(o.Statuses, "default")
}

// challenged reports whether the operation has a scheme of HTTP authentication, which a
// 401 must name.
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
