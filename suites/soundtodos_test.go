package suites_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

const todoDocument = `
openapi: 3.1.0
info: {title: Todos, version: "1"}
servers: [{url: 'https://todos.example.com/{stage}', variables: {stage: {default: api, enum: [api, beta]}}}]
paths:
  /lists:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/List'}}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewList'}}}}
      responses: {"201": {description: made, headers: {Location: {required: true, schema: {type: string, format: uri-reference}}}}, "400": {$ref: '#/components/responses/Text'}}
  /lists/{list}:
    parameters: [{name: list, in: path, required: true, schema: {type: string, pattern: '^l[0-9]+$'}}]
    get: {responses: {"200": {description: ok, headers: {ETag: {schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/List'}}}}, "404": {$ref: '#/components/responses/Text'}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewList'}}}}
      responses: {"204": {description: changed}, "400": {$ref: '#/components/responses/Text'}, "404": {$ref: '#/components/responses/Text'}}
    delete: {responses: {"204": {description: gone}, "404": {$ref: '#/components/responses/Text'}}}
  /lists/{list}/todos:
    parameters: [{name: list, in: path, required: true, schema: {type: string}}]
    get:
      parameters: [{name: done, in: query, schema: {type: boolean}}, {name: sort, in: query, schema: {type: string, enum: [title, -title]}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Todo'}}}}}, "400": {$ref: '#/components/responses/Text'}, "404": {$ref: '#/components/responses/Text'}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [title], properties: {title: {type: string, minLength: 1}, due: {type: [string, 'null'], format: date}}}}}}
      responses: {"201": {description: made, headers: {Location: {required: true, schema: {type: string}}}}, "400": {$ref: '#/components/responses/Text'}, "404": {$ref: '#/components/responses/Text'}}
  /lists/{list}/todos/{todo}:
    parameters: [{name: list, in: path, required: true, schema: {type: string}}, {name: todo, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Todo'}}}}, "404": {$ref: '#/components/responses/Text'}}}
    patch:
      requestBody: {required: true, content: {application/merge-patch+json: {schema: {type: object, minProperties: 1, properties: {title: {type: string, minLength: 1}, done: {type: boolean}}}}}}
      responses: {"200": {description: changed, content: {application/json: {schema: {$ref: '#/components/schemas/Todo'}}}}, "400": {$ref: '#/components/responses/Text'}, "404": {$ref: '#/components/responses/Text'}, "415": {$ref: '#/components/responses/Text'}}
    delete: {responses: {"204": {description: gone}, "404": {$ref: '#/components/responses/Text'}}}
components:
  responses: {Text: {description: why, content: {text/plain: {schema: {type: string}}}}}
  schemas:
    NewList: {type: object, required: [name], additionalProperties: false, properties: {name: {type: string, minLength: 1, maxLength: 40}}}
    List: {type: object, required: [self, name], properties: {self: {type: string}, name: {type: string}}}
    Todo: {type: object, required: [title, done], properties: {nr: {type: integer}, title: {type: string}, done: {type: boolean}, due: {type: [string, 'null'], format: date}}}
`

// todos sends errors as plain text, and returns the id of a new resource in Location
// only.
type todos struct {
	mu    sync.Mutex
	lists map[string]map[string]any
	items map[string]map[int]map[string]any
	next  int
}

func newTodos() http.Handler {
	s := &todos{lists: map[string]map[string]any{}, items: map[string]map[int]map[string]any{}, next: 1}
	s.list("home")
	mux := http.NewServeMux()
	for pattern, handle := range map[string]http.HandlerFunc{
		"GET /api/lists": s.all, "POST /api/lists": s.create,
		"GET /api/lists/{list}": s.read, "PUT /api/lists/{list}": s.replace, "DELETE /api/lists/{list}": s.remove,
		"GET /api/lists/{list}/todos": s.todos, "POST /api/lists/{list}/todos": s.add,
		"GET /api/lists/{list}/todos/{todo}": s.todo, "PATCH /api/lists/{list}/todos/{todo}": s.change, "DELETE /api/lists/{list}/todos/{todo}": s.done,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			defer s.mu.Unlock()
			handle(w, r)
		})
	}
	return mux // which sends 404 and 405 as plain text
}

func (s *todos) list(name string) string {
	id := fmt.Sprintf("l%d", s.next)
	s.next++
	s.lists[id], s.items[id] = map[string]any{"self": "/api/lists/" + id, "name": name}, map[int]map[string]any{}
	return id
}

func (s *todos) all(w http.ResponseWriter, _ *http.Request) {
	list := []any{}
	for _, l := range s.lists {
		list = append(list, l)
	}
	reply(w, 200, "application/json", list)
}

// object reads a body with known properties only.
func object(r *http.Request, known ...string) (map[string]any, bool) {
	var o map[string]any
	if json.NewDecoder(r.Body).Decode(&o) != nil || o == nil {
		return nil, false
	}
	for name := range o {
		if len(known) > 0 && !slices.Contains(known, name) {
			return nil, false
		}
	}
	return o, true
}

func (s *todos) create(w http.ResponseWriter, r *http.Request) {
	o, ok := object(r, "name")
	name, _ := o["name"].(string)
	if !ok || name == "" || len(name) > 40 {
		http.Error(w, "a name, please", 400)
		return
	}
	w.Header().Set("Location", "/api/lists/"+s.list(name))
	w.WriteHeader(201)
}

func (s *todos) found(w http.ResponseWriter, r *http.Request) (string, bool) {
	id := r.PathValue("list")
	if s.lists[id] == nil {
		http.Error(w, "no such list", 404)
		return "", false
	}
	return id, true
}

func (s *todos) read(w http.ResponseWriter, r *http.Request) {
	if id, ok := s.found(w, r); ok {
		w.Header().Set("ETag", fmt.Sprintf("%q", fmt.Sprintf("%x", s.lists[id]["name"])))
		reply(w, 200, "application/json", s.lists[id])
	}
}

func (s *todos) replace(w http.ResponseWriter, r *http.Request) {
	o, ok := object(r, "name")
	name, _ := o["name"].(string)
	if !ok || name == "" || len(name) > 40 {
		http.Error(w, "a name, please", 400)
	} else if id, ok := s.found(w, r); ok {
		s.lists[id]["name"] = name
		w.WriteHeader(204)
	}
}

func (s *todos) remove(w http.ResponseWriter, r *http.Request) {
	if id, ok := s.found(w, r); ok {
		delete(s.lists, id)
		w.WriteHeader(204)
	}
}

func (s *todos) todos(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Has("done") && q.Get("done") != "true" && q.Get("done") != "false" || q.Has("sort") && strings.TrimPrefix(q.Get("sort"), "-") != "title" {
		http.Error(w, "what?", 400)
		return
	}
	if id, ok := s.found(w, r); ok {
		list := []any{}
		for _, t := range s.items[id] {
			list = append(list, t)
		}
		reply(w, 200, "application/json", list)
	}
}

func (s *todos) add(w http.ResponseWriter, r *http.Request) {
	id, ok := s.found(w, r)
	if !ok {
		return
	}
	o, ok := object(r)
	title, _ := o["title"].(string)
	due, isText := o["due"].(string)
	if !ok || title == "" || o["due"] != nil && (!isText || len(due) != 10) {
		http.Error(w, "a title, please", 400)
		return
	}
	nr := s.next
	s.next++
	s.items[id][nr] = map[string]any{"nr": nr, "title": title, "done": false, "due": o["due"]}
	w.Header().Set("Location", fmt.Sprintf("https://todos.example.com/api/lists/%s/todos/%d", id, nr))
	w.WriteHeader(201)
}

func (s *todos) item(w http.ResponseWriter, r *http.Request) (list string, nr int, ok bool) {
	list, ok = s.found(w, r)
	if !ok {
		return list, 0, false
	}
	if _, err := fmt.Sscan(r.PathValue("todo"), &nr); err != nil || s.items[list][nr] == nil {
		http.Error(w, "no such todo", 404)
		return list, nr, false
	}
	return list, nr, true
}

func (s *todos) todo(w http.ResponseWriter, r *http.Request) {
	if list, nr, ok := s.item(w, r); ok {
		reply(w, 200, "application/json", s.items[list][nr])
	}
}

func (s *todos) change(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Content-Type") != "application/merge-patch+json" {
		http.Error(w, "a merge patch, please", http.StatusUnsupportedMediaType)
		return
	}
	list, nr, ok := s.item(w, r)
	if !ok {
		return
	}
	o, ok := object(r)
	for name, v := range o {
		_, isBool := v.(bool)
		title, _ := v.(string)
		ok = ok && (name != "done" || isBool) && (name != "title" || title != "")
	}
	if !ok || len(o) == 0 {
		http.Error(w, "nothing to change", 400)
		return
	}
	for name, v := range o {
		if name == "done" || name == "title" {
			s.items[list][nr][name] = v
		}
	}
	reply(w, 200, "application/json", s.items[list][nr])
}

func (s *todos) done(w http.ResponseWriter, r *http.Request) {
	if list, nr, ok := s.item(w, r); ok {
		delete(s.items[list], nr)
		w.WriteHeader(204)
	}
}
