package suites_test

import (
	"math"
	"net/http"
	"strings"
	"sync"
)

const shopDocument = `
openapi: 3.0.3
info: {title: Shop, version: "2"}
servers: [{url: /shop/v2}]
security: [{basic: []}]
paths:
  /ping: {get: {security: [], responses: {"200": {description: ok, content: {text/plain: {schema: {type: string, enum: [pong]}}}}}}}
  /products:
    get:
      parameters:
      - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
      - {name: price, in: query, style: deepObject, explode: true, schema: {type: object, properties: {min: {type: integer}, max: {type: integer}}}}
      responses: {2XX: {description: ok, content: {application/json: {schema: {type: object, required: [products], properties: {products: {type: array, items: {$ref: '#/components/schemas/Product'}}}}}}}, 4XX: {$ref: '#/components/responses/Problem'}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Product'}}}}
      responses: {2XX: {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Product'}}}}, 4XX: {$ref: '#/components/responses/Problem'}}
  /products/{sku}:
    parameters: [{name: sku, in: path, required: true, schema: {type: string, pattern: '^[A-Z]{2}-\d{3}$'}}]
    get: {responses: {2XX: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Product'}}}}, 4XX: {$ref: '#/components/responses/Problem'}}}
    delete: {responses: {"204": {description: gone}, 4XX: {$ref: '#/components/responses/Problem'}}}
components:
  securitySchemes: {basic: {type: http, scheme: basic}}
  responses: {Problem: {description: problem, content: {application/problem+json: {schema: {type: object, required: [title], properties: {status: {type: integer}, title: {type: string}}}}}}}
  schemas:
    Product:
      oneOf: [{$ref: '#/components/schemas/Book'}, {$ref: '#/components/schemas/Tool'}]
      discriminator: {propertyName: kind, mapping: {book: '#/components/schemas/Book', tool: '#/components/schemas/Tool'}}
    Common: {type: object, required: [kind, price], properties: {sku: {type: string, readOnly: true}, kind: {type: string}, price: {type: number, minimum: 0, exclusiveMinimum: true, multipleOf: 0.01}, cost: {type: number, writeOnly: true}, note: {type: string, nullable: true}}}
    Book: {allOf: [{$ref: '#/components/schemas/Common'}, {type: object, required: [pages], properties: {pages: {type: integer, format: int32, minimum: 1}}}]}
    Tool: {allOf: [{$ref: '#/components/schemas/Common'}, {type: object, required: [weight], properties: {weight: {type: number}}}]}
`

// shop checks the credential right after the path, refuses with problem documents, and
// has no HEAD.
type shop struct {
	mu       sync.Mutex
	products map[string]map[string]any
	next     int
}

func newShop() http.Handler {
	return &shop{products: map[string]map[string]any{"AB-100": {"sku": "AB-100", "kind": "book", "price": 9.95, "pages": 300, "note": nil}}, next: 101}
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	problem := func(status int) {
		reply(w, status, "application/problem+json; charset=utf-8", map[string]any{"title": http.StatusText(status), "status": status})
	}
	path, ok := strings.CutPrefix(r.URL.Path, "/shop/v2")
	sku, single := strings.CutPrefix(path, "/products/")
	user, password, _ := r.BasicAuth()
	switch {
	case !ok || path != "/ping" && path != "/products" && !single:
		problem(404)
	case path == "/ping" && r.Method == "GET":
		reply(w, 200, "text/plain", "pong\n")
	case path == "/ping":
		w.Header().Set("Allow", "GET")
		problem(405)
	case user != "ada" || password != "lovelace":
		w.Header().Set("WWW-Authenticate", `Basic realm="shop"`)
		problem(401)
	case single && s.products[sku] == nil && (r.Method == "GET" || r.Method == "DELETE"):
		problem(404)
	case path == "/products" && r.Method == "GET":
		list := []any{}
		for _, p := range s.products {
			list = append(list, p)
		}
		reply(w, 200, "application/json", map[string]any{"products": list, "total": len(list)})
	case path == "/products" && r.Method == "POST":
		s.create(w, r, problem)
	case r.Method == "GET":
		reply(w, 200, "application/json", s.products[sku])
	case r.Method == "DELETE" && single:
		delete(s.products, sku)
		w.WriteHeader(204)
	default:
		w.Header().Set("Allow", map[bool]string{true: "GET, DELETE", false: "GET, POST"}[single])
		problem(405)
	}
}

func (s *shop) create(w http.ResponseWriter, r *http.Request, problem func(int)) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		problem(415)
		return
	}
	o, ok := object(r)
	price, isNumber := o["price"].(float64)
	kind, _ := o["kind"].(string)
	needs := map[string]string{"book": "pages", "tool": "weight"}[kind]
	amount, measured := o[needs].(float64)
	note, isText := o["note"].(string)
	if _, costed := o["cost"].(float64); !ok || !isNumber || price <= 0 || needs == "" || !measured || kind == "book" && (amount < 1 || amount != math.Trunc(amount)) || math.Abs(price*100-math.Round(price*100)) > 1e-6 || o["note"] != nil && !isText || o["cost"] != nil && !costed {
		problem(422)
		return
	}
	sku := "ZZ-" + string(rune('0'+s.next/100%10)) + string(rune('0'+s.next/10%10)) + string(rune('0'+s.next%10))
	s.next++
	p := map[string]any{"sku": sku, "kind": kind, "price": price, needs: amount, "note": nil}
	if isText {
		p["note"] = note
	}
	s.products[sku] = p
	reply(w, 201, "application/json", p)
}
