package suites_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

const (
	noteToken = "note-token-4711-abcdef"

	notesDocument = `
openapi: 3.1.0
info: {title: Notes, version: "1"}
security: [{token: [notes]}]
paths:
  /notes:
    get:
      parameters:
      - {name: cursor, in: query, schema: {type: string}}
      - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 2}}
      - {name: X-Client, in: header, required: true, schema: {type: string, minLength: 3}}
      responses:
        "200": {description: ok, headers: {X-Limit: {schema: {type: integer}}}, content: {application/json: {schema: {type: object, required: [data, next], additionalProperties: false, properties: {data: {type: array, items: {$ref: '#/components/schemas/Note'}}, next: {type: [string, 'null']}}}}}}
        default: {$ref: '#/components/responses/Error'}
    post:
      requestBody: {required: true, content: {application/vnd.notes.v1+json: {schema: {type: object, required: [text], properties: {text: {type: string, minLength: 1}, color: {enum: [red, green, null]}}}}}}
      responses: {"201": {description: made, content: {application/vnd.notes.v1+json: {schema: {type: object, required: [note], properties: {note: {$ref: '#/components/schemas/Note'}}}}}}, default: {$ref: '#/components/responses/Error'}}
  /notes/{noteId}:
    parameters: [{name: noteId, in: path, required: true, schema: {type: string, format: uuid}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}, default: {$ref: '#/components/responses/Error'}}}
    delete: {responses: {"202": {description: will go}, default: {$ref: '#/components/responses/Error'}}}
components:
  securitySchemes: {token: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://notes.example.com/token', scopes: {notes: all}}}}}
  responses: {Error: {description: error, content: {application/json: {schema: {type: object, required: [error], properties: {error: {type: string}}}}}}}
  schemas:
    Note: {type: object, required: [id, text], properties: {id: {type: string, format: uuid}, text: {type: string}, color: {enum: [red, green, null]}}}
`
)

// notes checks input before credentials, is strict about media types, and delays every
// ninth request.
type notes struct {
	mu    sync.Mutex
	order []string
	texts map[string]map[string]any
	seen  int
}

func newNotes() http.Handler {
	s := &notes{texts: map[string]map[string]any{}}
	for _, text := range []string{"milk", "eggs", "tea"} {
		s.add(text, nil)
	}
	return s
}

func (s *notes) add(text string, color any) map[string]any {
	id := "00000000-0000-4000-8000-" + strings.Repeat("0", 12-len(strconv.Itoa(len(s.order)))) + strconv.Itoa(len(s.order))
	s.order = append(s.order, id)
	s.texts[id] = map[string]any{"id": id, "text": text, "color": color}
	return s.texts[id]
}

func (s *notes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fail := func(status int, text string) {
		reply(w, status, "application/json", map[string]any{"error": text})
	}
	id, single := strings.CutPrefix(r.URL.Path, "/notes/")
	allowed := []string{"GET", "POST"}
	if single {
		allowed = []string{"GET", "HEAD", "DELETE"}
	}
	s.seen++
	switch {
	case s.seen%9 == 0:
		w.Header().Set("Retry-After", "0")
		fail(429, "slow down")
	case r.URL.Path != "/notes" && !single:
		fail(404, "no such path")
	case !slices.Contains(allowed, r.Method):
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		fail(405, "no such method")
	case r.Header.Get("Accept") == "text/html":
		fail(406, "only JSON")
	case !single && r.Method == "GET":
		s.page(w, r, fail)
	case r.Header.Get("Authorization") != "Bearer "+noteToken:
		w.Header().Set("WWW-Authenticate", "Bearer")
		fail(401, "who are you?")
	case r.Method == "POST":
		s.create(w, r, fail)
	case s.texts[id] == nil:
		fail(404, "no such note")
	case r.Method == "DELETE":
		delete(s.texts, id)
		s.order = slices.DeleteFunc(s.order, func(other string) bool { return other == id })
		w.WriteHeader(202)
	default:
		reply(w, 200, "application/json", s.texts[id])
	}
}

func (s *notes) page(w http.ResponseWriter, r *http.Request, fail func(int, string)) {
	limit, at := 2, 0
	if text := r.URL.Query().Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 50 {
			fail(400, "limit is from 1 to 50")
			return
		}
		limit = n
	}
	if cursor := r.URL.Query().Get("cursor"); cursor != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(cursor, "at-"))
		if err != nil || n > len(s.order) {
			fail(400, "no such cursor")
			return
		}
		at = n
	}
	switch {
	case len(r.Header.Get("X-Client")) < 3:
		fail(400, "who calls?")
		return
	case r.Header.Get("Authorization") != "Bearer "+noteToken:
		w.Header().Set("WWW-Authenticate", "Bearer")
		fail(401, "who are you?")
		return
	}
	page := map[string]any{"data": []any{}, "next": nil}
	for _, id := range s.order[at:min(len(s.order), at+limit)] {
		page["data"] = append(page["data"].([]any), s.texts[id])
	}
	if at+limit < len(s.order) {
		page["next"] = "at-" + strconv.Itoa(at+limit)
	}
	w.Header().Set("X-Limit", strconv.Itoa(limit))
	reply(w, 200, "application/json", page)
}

func (s *notes) create(w http.ResponseWriter, r *http.Request, fail func(int, string)) {
	if r.Header.Get("Content-Type") != "application/vnd.notes.v1+json" {
		fail(415, "application/vnd.notes.v1+json, please")
		return
	}
	o, ok := object(r)
	text, _ := o["text"].(string)
	if color := o["color"]; !ok || text == "" || color != nil && color != "red" && color != "green" {
		fail(422, "a text, and a color of ours")
		return
	}
	reply(w, 201, "application/vnd.notes.v1+json", map[string]any{"note": s.add(text, o["color"])})
}
