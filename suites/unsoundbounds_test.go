package suites_test

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/hostup/api-conformance/suites/config"
)

const boundsDocument = `
openapi: 3.1.0
info: {title: Words, version: "1"}
paths:
  /words:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 3}}
        - {name: prefix, in: query, schema: {type: string, maxLength: 40}}
        - {name: letters, in: query, schema: {type: integer, minimum: 2, maximum: 20}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}, "400": {description: no}}
`

func newWords() http.Handler { return faultyWords("") }

// faultyWords refuses what the document excludes, and serves pages of at most three words to
// who asks for larger ones, and of one to who asks for none.
func faultyWords(fault string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /words", func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		limit, letters := 3, 2
		for name, n := range map[string]*int{"limit": &limit, "letters": &letters} {
			if query.Has(name) {
				v, err := strconv.Atoi(query.Get(name))
				if err != nil || len(query[name]) > 1 {
					w.WriteHeader(http.StatusBadRequest)
					return
				}
				*n = v
			}
		}
		switch {
		case len([]rune(query.Get("prefix"))) > 40 && fault != "any prefix", (letters < 2 || letters > 20) && fault != "any number of letters":
			w.WriteHeader(http.StatusBadRequest)
		case limit == 0 && fault == "divides by the limit":
			w.WriteHeader(http.StatusInternalServerError)
		default:
			reply(w, http.StatusOK, "application/json", []string{"apple", "pear", "plum"}[:min(max(limit, 1), 3)])
		}
	})
	return mux
}

// The bounds of query parameters are broken like those of bodies.
func TestUnsoundBounds(t *testing.T) {
	unsound(t, boundsDocument, nil, faultyWords, map[string]string{"divides by the limit": "MUST HTTP-ROBUST-001 GET /words status"})
	unsoundAt(t, config.Thorough, boundsDocument, nil, faultyWords, map[string]string{
		"any prefix":            "SHOULD HTTP-INPUT-001 GET /words status",
		"any number of letters": "SHOULD HTTP-INPUT-001 GET /words status",
	})
}
