package spec

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/document"
)

// Unbound reports whether the contract does not have the requirement, or nothing in the
// document exercises it.
func (c *Contract) Unbound(id string) bool { return c.byID[id] == nil || c.latent[id] }

// IsJSON reports whether a media type, with or without parameters, is JSON.
func IsJSON(mediaType string) bool { return isJSON(mediaName(mediaType)) }

// AnswersJSON reports whether the operation has a documented response in JSON or JSON
// lines.
func (c *Contract) AnswersJSON(o *Operation) bool {
	return c.answersAs(o, isJSON) || c.answersAs(o, content.IsLines)
}

// AnswersXML reports whether the operation has a documented response in XML.
func (c *Contract) AnswersXML(o *Operation) bool { return c.answersAs(o, isXML) }

// narrow drops requirements that nothing in the document can exercise: those with a
// condition in the catalogue that no operation meets. Those that clients exercise all the
// same, such as with a credential that the document does not ask for, are only latent:
// they are judged, and listed where an exchange shows them.
func (c *Contract) narrow() error {
	if c.pack != nil {
		return nil
	}
	var file struct {
		Requirements []struct {
			ID, When string
			Shown    bool
		}
	}
	if err := yaml.Unmarshal(genericText, &file); err != nil {
		return fmt.Errorf("generic.yaml cannot be read: %w", err)
	}
	met := c.conditions()
	c.latent = map[string]bool{}
	for _, r := range file.Requirements {
		switch {
		case r.When == "" || met[r.When]:
		case r.Shown:
			c.latent[r.ID] = true
		default:
			c.catalogue = slices.DeleteFunc(c.catalogue, func(q Requirement) bool { return q.ID == r.ID })
		}
	}
	c.byID = map[string]*Requirement{}
	for i := range c.catalogue {
		c.byID[c.catalogue[i].ID] = &c.catalogue[i]
	}
	return nil
}

// conditions returns which conditions of requirements the document meets.
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
			"secured-cookie": a.Required() && o.Effect == Reads && slices.ContainsFunc(a.Alternatives, func(all []SecurityScheme) bool { return slices.ContainsFunc(all, SecurityScheme.IsCookie) }),
			"reads":          o.Method == "GET",
			"bodiless":       o.Method == "GET" || o.Documents(http.StatusNoContent),
			"inputs":         len(in.Parameters) > 0 || in.Body != nil,
			"queries": o.Effect == Reads && slices.ContainsFunc(in.Parameters, func(p Input) bool {
				return p.In == "query" && !p.Required && !p.Deprecated
			}),
			"paged":       o.Method == http.MethodGet && slices.ContainsFunc(in.Parameters, func(p Input) bool { return p.In == "query" }),
			"ranges":      o.Method == http.MethodGet && o.Documents(http.StatusPartialContent),
			"defaults":    o.Method == http.MethodPost && in.Body != nil && mentioned("default"),
			"write-only":  c.AnswersJSON(o) && mentioned("writeOnly"),
			"read-only":   o.Method == http.MethodPost && in.Body != nil && mentioned("readOnly"),
			"things":      o.Method == http.MethodGet && (c.hasCreation(o) || c.hasChange(o)),
			"collections": o.Method == http.MethodGet && c.AnswersJSON(o) && (c.hasItems(o) || c.hasAddition(o)),
			"lists":       o.Method == http.MethodGet && (c.hasAddition(o) || c.hasItems(o)),
			"actions":     c.acts(o),
			"merges":      o.Method == http.MethodPatch && in.Body != nil && slices.ContainsFunc(in.Body.Media, func(m MediaInput) bool { return mediaName(m.Type) == "application/merge-patch+json" }),
			"once": o.Method == http.MethodPost && slices.ContainsFunc(in.Parameters, func(p Input) bool {
				return p.In == "header" && strings.Contains(strings.ToLower(p.Name), "idempotency")
			}),
			"if-match":      c.LooksAt(o, "If-Match"),
			"if-none-match": c.LooksAt(o, "If-None-Match"),
		} {
			met[name] = met[name] || holds
		}
	}
	return met
}

// mentions returns a function that reports which of the keywords the document uses.
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

// Creates reports whether an operation makes a resource, as far as the document shows it:
// a POST that documents 201, or one of a collection whose resources can be read. Others
// search, calculate or act.
func (c *Contract) Creates(o *Operation) bool {
	return o.Method == http.MethodPost && (o.Documents(http.StatusCreated) || slices.ContainsFunc(c.operations, func(item *Operation) bool {
		return item.Method == http.MethodGet && collectionOf(item) == strings.TrimRight(o.Path, "/")
	}))
}

// acts reports whether an operation may be an action on a thing: a POST below its address.
func (c *Contract) acts(o *Operation) bool {
	path := strings.TrimRight(o.Path, "/")
	above := path[:max(0, strings.LastIndex(path, "/"))]
	return o.Method == http.MethodPost && !c.Creates(o) && strings.HasSuffix(above, "}") && slices.ContainsFunc(c.operations, func(thing *Operation) bool {
		return thing.Method == http.MethodGet && thing.Path == above
	})
}

// hasItems reports whether the document has addresses of single things below the path of
// an operation.
func (c *Contract) hasItems(o *Operation) bool {
	return slices.ContainsFunc(c.operations, func(item *Operation) bool { return collectionOf(item) == strings.TrimRight(o.Path, "/") })
}

// hasAddition reports whether there is a POST that documents 201 at the path of an operation.
func (c *Contract) hasAddition(o *Operation) bool {
	return slices.ContainsFunc(c.operations, func(other *Operation) bool {
		return other.Path == o.Path && other.Method == http.MethodPost && other.Documents(http.StatusCreated)
	})
}

// hasChange reports whether what an operation reads can be changed.
func (c *Contract) hasChange(o *Operation) bool {
	return slices.ContainsFunc(c.operations, func(other *Operation) bool {
		return other.Path == o.Path && (other.Method == http.MethodPut || other.Method == http.MethodPatch)
	})
}

// hasCreation reports whether an operation's path is that of a resource whose collection
// has a POST.
func (c *Contract) hasCreation(o *Operation) bool {
	collection := collectionOf(o)
	return collection != "" && slices.ContainsFunc(c.operations, func(other *Operation) bool {
		return other.Method == http.MethodPost && strings.TrimRight(other.Path, "/") == collection
	})
}

// collectionOf returns the path above the last parameter that a path ends with, "" if it
// ends with none.
func collectionOf(o *Operation) string {
	path := strings.TrimRight(o.Path, "/")
	at := strings.LastIndex(path, "/{")
	if at < 1 || !strings.HasSuffix(path, "}") {
		return ""
	}
	return path[:at]
}

// LooksAt reports whether an operation documents support for a precondition (RFC 9110
// section 13): as a parameter, for a GET with If-None-Match by 304 Not Modified, or for a
// change of what has an entity tag by 412 Precondition Failed.
func (c *Contract) LooksAt(o *Operation, precondition string) bool {
	if precondition == "If-None-Match" && (o.Method != http.MethodGet || o.Documents(http.StatusNotModified)) {
		return o.Method == http.MethodGet
	}
	return precondition == "If-Match" && o.Documents(http.StatusPreconditionFailed) && c.tagged(o) || slices.ContainsFunc(c.Inputs(o).Parameters, func(p Input) bool {
		return p.In == "header" && strings.EqualFold(p.Name, precondition)
	})
}

// tagged reports whether the read at the path of an operation documents an entity tag: a
// 412 of the operation is about that, and not about a condition of the API's own.
func (c *Contract) tagged(o *Operation) bool {
	for _, get := range c.Operations() {
		if get.Path != o.Path || get.Method != http.MethodGet {
			continue
		}
		for code, r := range c.responses[get.ID] {
			if code == "200" && slices.ContainsFunc(r.headers, func(h header) bool { return strings.EqualFold(h.name, "ETag") }) {
				return true
			}
		}
	}
	return false
}

// hasContent reports whether the operation has a documented response with a body or
// headers.
func (c *Contract) hasContent(o *Operation) bool {
	for _, r := range c.responses[o.ID] {
		if len(r.media)+len(r.headers) > 0 {
			return true
		}
	}
	return false
}

// answersAs reports whether the operation has a documented response in such a media type.
func (c *Contract) answersAs(o *Operation, is func(name string) bool) bool {
	for _, r := range c.responses[o.ID] {
		if slices.ContainsFunc(r.media, func(m mediaType) bool { return is(m.name) }) {
			return true
		}
	}
	return false
}
