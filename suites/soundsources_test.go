package suites_test

import (
	"encoding/json"
	"mime"
	"net/http"
	"strconv"
	"sync"
	"testing"
)

const sourcesDocument = `
openapi: 3.1.0
info: {title: Sources, version: "1"}
paths:
  /sources:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Source'}}}}}}}
    post: {requestBody: {$ref: '#/components/requestBodies/New'}, responses: {"201": {$ref: '#/components/responses/Source'}, default: {description: no}}}
  /sources/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get: {responses: {"200": {$ref: '#/components/responses/Source'}, default: {description: no}}}
    put: {requestBody: {$ref: '#/components/requestBodies/New'}, responses: {"200": {$ref: '#/components/responses/Source'}, default: {description: no}}}
    post: {summary: makes a copy, requestBody: {$ref: '#/components/requestBodies/New'}, responses: {"201": {$ref: '#/components/responses/Source'}, default: {description: no}}}
    delete: {responses: {"204": {description: gone}, default: {description: no}}}
  /sources/{id}/owner:
    parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
    post: {responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {kind: {type: string}, id: {type: integer}, name: {type: string}}}}}}, default: {description: no}}}
components:
  requestBodies:
    New: {required: true, content: {application/json: {schema: {type: object, required: [name, type], properties: {name: {type: string, minLength: 1}, type: {type: string, enum: [web, store]}, address: {type: string}, bucket: {type: string}, behaviour: {type: string}, size: {type: integer}, permissions: {type: array, items: {type: string}}}}}}}
  responses:
    Source: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Source'}}}}
  schemas:
    Source: {oneOf: [{$ref: '#/components/schemas/Web'}, {$ref: '#/components/schemas/Store'}]}
    Web: {type: object, required: [id, kind, name, type], properties: {id: {type: integer}, kind: {const: source}, name: {type: string}, type: {const: web}, address: {type: string}, behaviour: {type: string, enum: [by hand]}, size: {type: object, properties: {bytes: {type: integer}}}, permissions: {type: array, items: {type: object, properties: {key: {type: string}}}}, words: {type: array, items: {type: object, properties: {id: {type: integer}}}}}}
    Store: {type: object, required: [id, kind, name, type], properties: {id: {type: integer}, kind: {const: source}, name: {type: string}, type: {const: store}, bucket: {type: string}, words: {type: array, items: {type: object, properties: {id: {type: integer}}}}}}
`

// sources keeps things of two kinds, of which each shows its own properties, and some in a way
// of their own. A POST to a thing makes a copy of it, and its owner has the same number.
type sources struct {
	mu    sync.Mutex
	fault string
	last  int
	all   map[int]map[string]any
}

func newSources() http.Handler { return faultySources("") }

func faultySources(fault string) http.Handler {
	s := &sources{fault: fault, all: map[int]map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sources", func(w http.ResponseWriter, _ *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		rows := []any{}
		for id := range s.last {
			if one := s.all[id+1]; one != nil {
				rows = append(rows, one)
			}
		}
		reply(w, http.StatusOK, "application/json", rows)
	})
	mux.HandleFunc("POST /sources", func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.put(w, r, 0, http.StatusCreated)
	})
	mux.HandleFunc("POST /sources/{id}", s.at(func(w http.ResponseWriter, r *http.Request, _ int) { s.put(w, r, 0, http.StatusCreated) }))
	mux.HandleFunc("PUT /sources/{id}", s.at(func(w http.ResponseWriter, r *http.Request, id int) { s.put(w, r, id, http.StatusOK) }))
	mux.HandleFunc("GET /sources/{id}", s.at(func(w http.ResponseWriter, _ *http.Request, id int) {
		reply(w, http.StatusOK, "application/json", s.all[id])
	}))
	mux.HandleFunc("DELETE /sources/{id}", s.at(func(w http.ResponseWriter, _ *http.Request, id int) {
		delete(s.all, id)
		w.WriteHeader(http.StatusNoContent)
	}))
	mux.HandleFunc("POST /sources/{id}/owner", s.at(func(w http.ResponseWriter, _ *http.Request, id int) {
		reply(w, http.StatusOK, "application/json", map[string]any{"kind": "user", "id": id, "name": "Ada"})
	}))
	return mux
}

func (s *sources) at(do func(w http.ResponseWriter, r *http.Request, id int)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		id, err := strconv.Atoi(r.PathValue("id"))
		if err != nil || s.all[id] == nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		do(w, r, id)
	}
}

func (s *sources) put(w http.ResponseWriter, r *http.Request, id, status int) {
	var sent struct {
		Name        *string
		Type        string
		Address     *string
		Bucket      *string
		Behaviour   *string
		Size        *int
		Permissions []*string
	}
	body := map[string]json.RawMessage{}
	decoder := json.NewDecoder(r.Body)
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		w.WriteHeader(http.StatusUnsupportedMediaType)
		return
	}
	err := decoder.Decode(&body)
	text, _ := json.Marshal(body)
	for _, v := range body {
		if string(v) == "null" {
			err = http.ErrNotSupported
		}
	}
	if err != nil || decoder.More() || json.Unmarshal(text, &sent) != nil || sent.Name == nil || *sent.Name == "" || sent.Type != "web" && sent.Type != "store" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	for _, v := range sent.Permissions {
		if v == nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
	}
	if id == 0 {
		s.last++
		id = s.last
	}
	one := map[string]any{"id": id, "kind": "source", "name": *sent.Name, "type": sent.Type, "words": []any{}}
	switch {
	case sent.Type == "store":
		one["bucket"] = sent.Bucket
		if sent.Bucket == nil {
			delete(one, "bucket")
		}
	default:
		one["behaviour"] = "by hand"
		if sent.Address != nil && s.fault != "address" {
			one["address"] = *sent.Address
		}
		permissions := []any{}
		for _, key := range sent.Permissions {
			permissions = append(permissions, map[string]any{"key": *key})
		}
		one["permissions"] = permissions
	}
	s.all[id] = one
	reply(w, status, "application/json", one)
}

// What a kind of thing has is still looked for in things of that kind.
func TestUnsoundSources(t *testing.T) {
	unsound(t, sourcesDocument, nil, faultySources, map[string]string{
		"address": "SHOULD STATE-CREATE-002 GET /sources/{id} $.address",
	})
}
