package suites_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const catalogueDocument = `
openapi: 3.1.0
info: {title: Catalogue, version: "1"}
paths:
  /categories/:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: object}}}}}}}
  /categories/{slug}/:
    parameters: [{name: slug, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: object}}}}, "404": {description: none}}}
  /products/:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Product'}}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/New'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Product'}}}}, "400": {description: invalid}}
  /products/{id}/:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Product'}}}}, "404": {description: none}}}
    patch:
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {label: {anyOf: [{type: string, minLength: 1}, {type: "null"}], default: null}}}}}}
      responses: {"200": {description: changed, content: {application/json: {schema: {$ref: '#/components/schemas/Product'}}}}, "400": {description: invalid}, "404": {description: none}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
components:
  schemas:
    New: {type: object, required: [category, sku, label, price], properties: {category: {type: string}, sku: {type: string, minLength: 1}, label: {type: string, minLength: 1}, price: {type: string, pattern: '^-?\d{0,6}(?:\.\d{0,2})?$'}}}
    Product: {allOf: [{$ref: '#/components/schemas/New'}, {type: object, required: [id], properties: {id: {type: integer}}}]}
`

// catalogue refuses with status 400 what it knows to be wrong and the document does not
// say: a category that it does not have, a sku that is taken, a price below zero.
type catalogue struct {
	mu       sync.Mutex
	fault    string
	products []map[string]any
}

var onlyPrice = regexp.MustCompile(`^\d{0,6}(\.\d{0,2})?$`)

func (c *catalogue) valid(o map[string]any) bool {
	sku, _ := o["sku"].(string)
	label, _ := o["label"].(string)
	price, _ := o["price"].(string)
	for _, p := range c.products {
		if p["sku"] == sku {
			return false
		}
	}
	return o["category"] == "rare-books" && sku != "" && label != "" && onlyPrice.MatchString(price)
}

func (c *catalogue) find(path string) map[string]any {
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(path, "/products/"), "/"))
	if err != nil || n < 1 || n > len(c.products) {
		return nil
	}
	return c.products[n-1]
}

func (c *catalogue) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var o map[string]any
	wrong := (r.Method == http.MethodPost || r.Method == http.MethodPatch) && json.NewDecoder(r.Body).Decode(&o) != nil
	of := map[string]any{"name": "Rare books", "slug": "rare-books"}
	product := c.find(r.URL.Path)
	switch {
	case r.URL.Path == "/categories/" && r.Method == http.MethodGet:
		reply(w, 200, "application/json", []any{of})
	case r.URL.Path == "/categories/rare-books/" && r.Method == http.MethodGet:
		reply(w, 200, "application/json", of)
	case r.URL.Path == "/products/" && r.Method == http.MethodGet:
		reply(w, 200, "application/json", slices.DeleteFunc(slices.Clone(c.products), func(o map[string]any) bool { return o == nil }))
	case c.fault == "fails for half a body" && wrong && r.Method == http.MethodPost:
		w.WriteHeader(500)
	case r.URL.Path == "/products/" && r.Method == http.MethodPost && (wrong || !c.valid(o)):
		w.WriteHeader(400)
	case r.URL.Path == "/products/" && r.Method == http.MethodPost:
		o["id"] = len(c.products) + 1
		if c.fault == "forgets the label" {
			o["label"] = "none"
		}
		c.products = append(c.products, o)
		reply(w, 201, "application/json", o)
	case c.fault == "fails for an unknown slug" && strings.HasPrefix(r.URL.Path, "/categories/") && r.Method == http.MethodGet:
		w.WriteHeader(500)
	case product == nil && c.fault == "fails for what is gone" && r.Method == http.MethodDelete && !strings.Contains(r.URL.Path, "none"):
		w.WriteHeader(500)
	case product == nil && c.fault == "fails for the largest id" && r.Method == http.MethodPatch && strings.Contains(r.URL.Path, "18446744073709551615"):
		w.WriteHeader(500)
	case product == nil:
		w.WriteHeader(404)
	case r.Method == http.MethodDelete:
		c.products[slices.IndexFunc(c.products, func(o map[string]any) bool { return o["id"] == product["id"] })] = nil
		w.WriteHeader(204)
	case r.Method == http.MethodGet:
		reply(w, 200, "application/json", product)
	case r.Method == http.MethodPatch:
		label, isText := o["label"].(string)
		if _, given := o["label"]; wrong || given && o["label"] != nil && (!isText || label == "") {
			w.WriteHeader(400)
			return
		}
		if label != "" && c.fault != "keeps the label" {
			product["label"] = label
		}
		reply(w, 200, "application/json", product)
	default:
		w.Header().Set("Allow", "GET, PATCH, DELETE")
		w.WriteHeader(405)
	}
}

// A body has what the target asks for: a thing of another collection, a new name, a price
// that is none below zero, and a value where null is the default.
func TestUnsoundCatalogue(t *testing.T) {
	unsound(t, catalogueDocument, nil, func(fault string) http.Handler {
		return &catalogue{fault: fault, products: []map[string]any{{"id": 1, "category": "rare-books", "sku": "text", "label": "Emma", "price": "9.50"}}}
	}, map[string]string{
		"forgets the label":         "SHOULD STATE-CREATE-002 GET /products/{id}/ $.label",
		"keeps the label":           "SHOULD STATE-CHANGE-001 GET /products/{id}/ $.label",
		"fails for an unknown slug": "MUST HTTP-SERVE-001 GET /categories/{slug}/ status",
		"fails for half a body":     "MUST HTTP-ROBUST-001 POST /products/ status",
		"fails for the largest id":  "MUST HTTP-SERVE-001 PATCH /products/{id}/ status",
		"fails for what is gone":    "MUST HTTP-SERVE-001 DELETE /products/{id}/ status",
	})
}
