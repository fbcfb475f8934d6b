package suites_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"sync"
)

// A press has sections in sections, and articles in one of them, in the form of JSON:API. A
// deleted article is in a bin, from which it comes back.
const pressDocument = `
openapi: 3.1.0
info: {title: Press, version: "1"}
servers: [{url: /api}]
security: [{key: []}]
paths:
  /health: {get: {security: [], responses: {"200": {description: well}}}}
  /sections:
    get:
      parameters: &pages [{name: "page[size]", in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 10}}, {name: "page[number]", in: query, schema: {type: integer, minimum: 1, default: 1}}]
      responses: {"200": &list {description: things, content: {application/vnd.api+json: {schema: {$ref: "#/components/schemas/List"}}}}, 4XX: &no {description: no}}
    post: &post {requestBody: {required: true, content: {application/vnd.api+json: {schema: {$ref: "#/components/schemas/NewSection"}}}}, responses: {"201": &one {description: one, content: {application/vnd.api+json: {schema: {$ref: "#/components/schemas/Document"}}}}, 4XX: *no}}
  /sections/{id}: &item
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": *one, 4XX: *no}}
    delete: {responses: {"204": {description: gone}, 4XX: *no}}
  /sections/{id}/move:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post: {requestBody: {required: true, content: {application/json: {schema: {type: object, required: [parent], properties: {parent: {type: [string, "null"]}}}}}}, responses: {"200": *one, 4XX: *no}}
  /articles:
    get: {parameters: *pages, responses: {"200": *list, 4XX: *no}}
    post: {requestBody: {required: true, content: {application/vnd.api+json: {schema: {$ref: "#/components/schemas/NewArticle"}}}}, responses: {"201": *one, 4XX: *no}}
  /articles/{id}: *item
  /articles/{id}/restore:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post: {responses: {"200": *one, 4XX: *no}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Ref: {type: object, required: [type, id], properties: {type: {const: sections}, id: {type: string}}}
    Within: {type: object, required: [section], properties: {section: {type: object, required: [data], properties: {data: {oneOf: [{$ref: "#/components/schemas/Ref"}, {type: "null"}]}}}}}
    Name: {type: object, required: [name], properties: {name: {type: string, minLength: 1, maxLength: 40}}}
    NewSection: {type: object, required: [data], properties: {data: {type: object, required: [type, attributes], properties: {type: {const: sections}, attributes: {$ref: "#/components/schemas/Name"}}}}}
    NewArticle:
      type: object
      required: [data]
      properties: {data: {type: object, required: [type, attributes, relationships], properties: {type: {const: articles}, attributes: {$ref: "#/components/schemas/Name"}, relationships: {type: object, required: [section], properties: {section: {type: object, required: [data], properties: {data: {$ref: "#/components/schemas/Ref"}}}}}}}}
    Thing: {type: object, required: [type, id, attributes, relationships], properties: {type: {enum: [sections, articles]}, id: {type: string}, attributes: {$ref: "#/components/schemas/Name"}, relationships: {$ref: "#/components/schemas/Within"}}}
    Document: {type: object, required: [data], properties: {data: {$ref: "#/components/schemas/Thing"}}}
    List:
      type: object
      required: [data, meta, links]
      properties: {data: {type: array, items: {$ref: "#/components/schemas/Thing"}}, meta: {type: object, properties: {total: {type: integer, description: number of all}}}, links: {type: object, properties: {self: {type: string}, next: {type: [string, "null"]}}}}
`

const pressKey = "press-4f1c09aa"

func newPress() http.Handler { return faultyPress("") }

// press keeps things by their kind. It has one fault, or none.
type press struct {
	mu     sync.Mutex
	fault  string
	things []*paper
}

type paper struct {
	kind, id, name, within string
	binned                 bool
}

func faultyPress(fault string) http.Handler {
	p := &press{fault: fault}
	for _, name := range []string{"world", "sport", "culture"} {
		p.add("sections", name, "")
	}
	for _, name := range []string{"a", "b", "c"} {
		p.add("articles", name, "1")
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/health", func(w http.ResponseWriter, r *http.Request) {
		if fault == "asks for a key" && r.Header.Get("X-Key") == "" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	})
	for pattern, serve := range map[string]func(http.ResponseWriter, *http.Request){
		"GET /api/{kind}": p.list, "POST /api/{kind}": p.create, "GET /api/{kind}/{id}": p.show, "DELETE /api/{kind}/{id}": p.remove,
		"POST /api/sections/{id}/move": p.move, "POST /api/articles/{id}/restore": p.restore,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			kind := r.PathValue("kind")
			switch {
			case kind != "" && kind != "sections" && kind != "articles":
				w.WriteHeader(http.StatusNotFound)
			case r.Header.Get("X-Key") != pressKey:
				w.WriteHeader(http.StatusUnauthorized)
			default:
				p.mu.Lock()
				defer p.mu.Unlock()
				serve(w, r)
			}
		})
	}
	return mux
}

func (p *press) add(kind, name, within string) *paper {
	p.things = append(p.things, &paper{kind: kind, id: strconv.Itoa(len(p.things) + 1), name: name, within: within})
	return p.things[len(p.things)-1]
}

func (p *press) find(kind, id string) *paper {
	for _, one := range p.things {
		if one.kind == kind && one.id == id {
			return one
		}
	}
	return nil
}

func (one *paper) shown() map[string]any {
	var data any
	if one.within != "" {
		data = map[string]any{"type": "sections", "id": one.within}
	}
	return map[string]any{"type": one.kind, "id": one.id, "attributes": map[string]any{"name": one.name}, "relationships": map[string]any{"section": map[string]any{"data": data}}}
}

func (p *press) answer(w http.ResponseWriter, status int, one *paper) {
	reply(w, status, "application/vnd.api+json", map[string]any{"data": one.shown()})
}

func (p *press) list(w http.ResponseWriter, r *http.Request) {
	numbers := map[string]int{"page[size]": 10, "page[number]": 1}
	for name := range numbers {
		if r.URL.Query().Has(name) {
			n, err := strconv.Atoi(r.URL.Query().Get(name))
			if numbers[name] = n; err != nil || n < 1 || name == "page[size]" && n > 50 {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
		}
	}
	rows := []any{}
	for _, one := range p.things {
		if one.kind == r.PathValue("kind") && !one.binned {
			rows = append(rows, one.shown())
		}
	}
	size, number := numbers["page[size]"], min(numbers["page[number]"], 1000)
	total, from, to := len(rows), min(len(rows), (number-1)*size), min(len(rows), number*size)
	var next any
	if to < total && p.fault != "leads nowhere" {
		next = "/api/" + r.PathValue("kind") + "?page%5Bsize%5D=" + strconv.Itoa(size) + "&page%5Bnumber%5D=" + strconv.Itoa(number+1)
	}
	if p.fault == "counts on" {
		total += number - 1
	}
	reply(w, http.StatusOK, "application/vnd.api+json", map[string]any{"data": rows[from:to], "meta": map[string]any{"total": total}, "links": map[string]any{"self": r.URL.RequestURI(), "next": next}})
}

func (p *press) create(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Data struct {
			Type          string
			Attributes    struct{ Name string }
			Relationships struct {
				Section struct{ Data struct{ Type, ID string } }
			}
		}
	}
	kind := r.PathValue("kind")
	err := json.NewDecoder(r.Body).Decode(&body)
	name, within := body.Data.Attributes.Name, body.Data.Relationships.Section.Data
	switch {
	case err != nil || body.Data.Type != kind || name == "" || len([]rune(name)) > 40:
		w.WriteHeader(http.StatusBadRequest)
	case kind == "articles" && (within.Type != "sections" || p.find("sections", within.ID) == nil):
		w.WriteHeader(http.StatusUnprocessableEntity)
	default:
		if kind == "sections" {
			within.ID = ""
		}
		p.answer(w, http.StatusCreated, p.add(kind, name, within.ID))
	}
}

func (p *press) show(w http.ResponseWriter, r *http.Request) {
	if one := p.find(r.PathValue("kind"), r.PathValue("id")); one != nil && !one.binned {
		p.answer(w, http.StatusOK, one)
		return
	}
	w.WriteHeader(http.StatusNotFound)
}

func (p *press) remove(w http.ResponseWriter, r *http.Request) {
	one := p.find(r.PathValue("kind"), r.PathValue("id"))
	switch {
	case one == nil || one.binned:
		w.WriteHeader(http.StatusNotFound)
	case one.kind == "articles":
		one.binned = true
		w.WriteHeader(http.StatusNoContent)
	case slices.ContainsFunc(p.things, func(other *paper) bool { return other.within == one.id }):
		w.WriteHeader(http.StatusConflict)
	default:
		one.kind = "gone"
		w.WriteHeader(http.StatusNoContent)
	}
}

func (p *press) move(w http.ResponseWriter, r *http.Request) {
	sent := map[string]any{}
	one := p.find("sections", r.PathValue("id"))
	err := json.NewDecoder(r.Body).Decode(&sent)
	to, isText := sent["parent"].(string)
	_, given := sent["parent"]
	switch {
	case one == nil:
		w.WriteHeader(http.StatusNotFound)
	case err != nil || !given || !isText && sent["parent"] != nil:
		w.WriteHeader(http.StatusBadRequest)
	case isText && p.find("sections", to) == nil:
		w.WriteHeader(http.StatusUnprocessableEntity)
	case to == one.id:
		w.WriteHeader(http.StatusConflict)
	default:
		was := one.within
		one.within = to
		p.answer(w, http.StatusOK, one)
		if p.fault == "moves nothing" {
			one.within = was
		}
	}
}

func (p *press) restore(w http.ResponseWriter, r *http.Request) {
	one := p.find("articles", r.PathValue("id"))
	switch {
	case one == nil:
		w.WriteHeader(http.StatusNotFound)
	case !one.binned:
		w.WriteHeader(http.StatusConflict)
	case p.fault == "cannot restore":
		w.WriteHeader(http.StatusInternalServerError)
	default:
		one.binned = p.fault == "restores nothing"
		p.answer(w, http.StatusOK, one)
	}
}
