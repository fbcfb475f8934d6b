package spec

import (
	_ "embed"
	"fmt"
	"net/http"
	"slices"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/document"
)

//go:embed generic.yaml
var genericText []byte

// hostup is the name of the pack that ships with the suite.
const hostup = "hostup"

// Pack names the pack of the contract: code and requirements that ship with the
// suite for what a document cannot say. It is "" for a document of others, of which
// only what the document, HTTP and the OpenAPI specification say is judged.
func (c *Contract) Pack() string { return c.pack }

// packOf is the pack that a document belongs to: the one that it names, or that
// of its operations.
func packOf(d *document.Document, operations []*Operation) string {
	if name := scalar(d.Root, "x-pack"); name != "" {
		return name
	}
	if slices.ContainsFunc(operations, func(o *Operation) bool { return o.Version != "" }) {
		return hostup
	}
	return ""
}

// placePack finds the pack, without which the catalogue is that of any document.
func (c *Contract) placePack() (err error) {
	if c.pack = packOf(c.base, c.operations); c.pack == "" {
		c.catalogue, c.byID, err = readCatalogue("generic.yaml", genericText)
	}
	return err
}

// checkDocumented judges an answer by what holds for any API.
func (k *check) checkDocumented() {
	k.checkSchema()
	k.checkStatusMember()
}

// checkStatusMember: RFC 9457 section 3.1.2 has status repeat the HTTP status, in
// what calls itself a Problem document.
func (k *check) checkStatusMember() {
	if mediaName(k.ex.Response.Header.Get("Content-Type")) != "application/problem+json" || k.object() == nil {
		return
	}
	if s, ok := number(k.object()["status"]); ok && !sameNumber(s, k.ex.Response.Status) {
		k.report("PROB-STATUS-001", k.inBody("status"), "equal", statusKey(k.ex.Response.Status)+", the HTTP status", s)
	}
}

// known leaves out the findings of requirements that the contract does not have,
// and those that say of a document without a pack what it leaves open.
func (k *check) known() {
	k.findings = slices.DeleteFunc(k.findings, func(f Finding) bool {
		switch {
		case k.c.byID[f.Requirement] == nil:
			return true
		case k.c.pack != "":
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
func (k *check) challenged() bool {
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
	for _, o := range c.operations {
		a, in := c.Access(o), c.Inputs(o)
		for name, holds := range map[string]bool{
			"content":        c.hasContent(o),
			"json":           c.AnswersJSON(o),
			"xml":            c.AnswersXML(o),
			"problems":       c.answersAs(o, func(name string) bool { return name == "application/problem+json" }),
			"secured":        a.Required(),
			"secured-writes": a.Required() && o.Effect != Reads,
			"secured-ids":    a.Required() && len(Placeholders(o.Path)) > 0,
			"scopes":         a.Required() && slices.ContainsFunc(a.Scopes, func(list []string) bool { return len(list) > 0 }),
			"reads":          o.Method == "GET",
			"bodiless":       o.Method == "GET" || o.Documents(http.StatusNoContent),
			"inputs":         len(in.Parameters) > 0 || in.Body != nil,
			"queries": o.Effect == Reads && slices.ContainsFunc(in.Parameters, func(p Input) bool {
				return p.In == "query" && !p.Required && !p.Deprecated
			}),
		} {
			met[name] = met[name] || holds
		}
	}
	return met
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
