package suites_test

import (
	"net/http"
	"strconv"
)

const countsDocument = `
openapi: 3.1.0
info: {title: Search, version: "1"}
paths:
  /hits:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50}}]
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [facets, hits]
                properties:
                  facets: {type: array, items: {type: object, required: [kind, count], properties: {kind: {type: string}, count: {type: integer}}}}
                  hits: {type: array, items: {type: object, required: [id], properties: {id: {type: integer}}}}
        "400": {description: no such limit}
`

// newCounts serves hits in pages, and beside them counts of all, which no limit is for.
func newCounts() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hits", func(w http.ResponseWriter, r *http.Request) {
		hits := []map[string]int{{"id": 1}, {"id": 2}, {"id": 3}}
		if v, ok := r.URL.Query()["limit"]; ok {
			n, err := strconv.Atoi(v[0])
			if err != nil || n < 1 || n > 50 || len(v) > 1 {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
			hits = hits[:min(n, len(hits))]
		}
		facets := []map[string]any{{"kind": "page", "count": 2}, {"kind": "image", "count": 1}}
		reply(w, http.StatusOK, "application/json", map[string]any{"facets": facets, "hits": hits})
	})
	return mux
}
