package suites_test

import (
	"net/http"
	"strconv"
	"testing"
)

const totalsDocument = `
openapi: 3.1.0
info: {title: Totals, version: "1"}
paths:
  /basket: {get: {parameters: [{$ref: '#/components/parameters/limit'}], responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {items: {$ref: '#/components/schemas/Rows'}, total: {type: integer}}}}}}}}}
  /chapters: {get: {parameters: [{$ref: '#/components/parameters/limit'}], responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {rows: {$ref: '#/components/schemas/Rows'}, page: {type: object, properties: {number: {type: integer}, total: {type: integer}}}}}}}}}}}
  /posts: {get: {parameters: [{$ref: '#/components/parameters/limit'}], responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {rows: {$ref: '#/components/schemas/Rows'}, comments: {type: object, properties: {totalCount: {type: integer}}}}}}}}}}}
  /guesses: {get: {parameters: [{$ref: '#/components/parameters/limit'}], responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {rows: {$ref: '#/components/schemas/Rows'}, totalResults: {type: integer, description: An estimated number of results.}}}}}}}}}
  /logs: {get: {parameters: [{$ref: '#/components/parameters/limit'}], responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {rows: {$ref: '#/components/schemas/Rows'}, offset: {type: integer}, total: {type: integer}}}}}}}}}
  /users: {get: {parameters: [{$ref: '#/components/parameters/limit'}], responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {data: {type: object, properties: {rows: {$ref: '#/components/schemas/Rows'}}}, meta: {type: object, properties: {total_count: {type: integer}}}}}}}}}}}
components:
  parameters: {limit: {name: limit, in: query, schema: {type: integer, minimum: 1}}}
  schemas: {Rows: {type: array, items: {type: object, required: [id], properties: {id: {type: integer}}}}}
`

// newTotals serves lists beside numbers that are no counts of their rows: a sum, a number of
// pages, a count of something else, an estimate; and two that are.
func newTotals() http.Handler { return faultyTotals("") }

func faultyTotals(fault string) http.Handler {
	mux := http.NewServeMux()
	for path, body := range map[string]func(rows []map[string]int, all int) any{
		"/basket": func(rows []map[string]int, _ int) any { return map[string]any{"items": rows, "total": 2} },
		"/chapters": func(rows []map[string]int, _ int) any {
			return map[string]any{"rows": rows, "page": map[string]int{"number": 1, "total": 1}}
		},
		"/posts": func(rows []map[string]int, _ int) any {
			return map[string]any{"rows": rows, "comments": map[string]int{"totalCount": 1}}
		},
		"/guesses": func(rows []map[string]int, _ int) any { return map[string]any{"rows": rows, "totalResults": 2} },
		"/logs": func(rows []map[string]int, all int) any {
			return map[string]any{"rows": rows, "offset": 0, "total": all}
		},
		"/users": func(rows []map[string]int, all int) any {
			return map[string]any{"data": map[string]any{"rows": rows}, "meta": map[string]int{"total_count": all}}
		},
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			rows := []map[string]int{{"id": 1}, {"id": 2}, {"id": 3}}
			all := len(rows)
			if v, ok := r.URL.Query()["limit"]; ok {
				n, err := strconv.Atoi(v[0])
				if err != nil || n < 1 || len(v) > 1 {
					w.WriteHeader(http.StatusBadRequest)
					return
				}
				rows = rows[:min(n, len(rows))]
			}
			if fault == path {
				all = len(rows)
			}
			reply(w, http.StatusOK, "application/json", body(rows, all))
		})
	}
	return mux
}

// A total that counts the rows of one page is told where it says that it counts all.
func TestUnsoundTotals(t *testing.T) {
	unsound(t, totalsDocument, nil, faultyTotals, map[string]string{
		"/logs":  "SHOULD LIST-TOTAL-001 GET /logs $.total",
		"/users": "SHOULD LIST-TOTAL-001 GET /users $.meta.total_count",
	})
}
