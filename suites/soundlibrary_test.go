package suites_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

const libraryDocument = `
openapi: 3.1.0
info: {title: Library, version: "1"}
paths:
  /authors:
    get:
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Author'}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Author'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Author'}}}}, "400": {description: wrong}}
  /authors/{authorId}:
    get:
      parameters: [{name: authorId, in: path, required: true, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Author'}}}}, "404": {description: none}}
    delete:
      parameters: [{name: authorId, in: path, required: true, schema: {type: integer}}]
      responses: {"204": {description: gone}, "404": {description: none}}
  /books:
    get:
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Book'}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewBook'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}, "400": {description: wrong}, "409": {description: no such author}}
  /books/{bookId}:
    get:
      parameters: [{name: bookId, in: path, required: true, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}, "404": {description: none}}
    put:
      parameters: [{name: bookId, in: path, required: true, schema: {type: integer}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewBook'}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}, "400": {description: wrong}, "404": {description: none}, "409": {description: no such author}}
    delete:
      parameters: [{name: bookId, in: path, required: true, schema: {type: integer}}]
      responses: {"204": {description: gone}, "404": {description: none}}
  /books/title/{title}:
    get:
      parameters: [{name: title, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}, "404": {description: none}}
  /profile/authors:
    get:
      responses: {"200": {description: ok, content: {application/hal+json: {schema: {type: object, required: [id], properties: {id: {type: string}}}}}}}
components:
  schemas:
    Author: {type: object, required: [name], properties: {id: {type: integer, default: 0}, name: {type: string, minLength: 1}}}
    NewBook: {type: object, required: [title, author_id], properties: {title: {type: string, minLength: 1}, author_id: {type: integer}}}
    Book: {type: object, required: [id, title, author_id], properties: {id: {type: integer}, title: {type: string}, author_id: {type: integer}}}
`

// A library begins empty. It has books of authors that it has, by their id or by their
// title. One that is closed takes no book.
type library struct {
	mu     sync.Mutex
	last   int
	things map[string]map[int]map[string]any
	closed bool
	asked  map[string]int // method and path -> requests
}

func newLibrary() http.Handler { return openLibrary() }

func openLibrary() *library {
	return &library{last: 4710, things: map[string]map[int]map[string]any{"authors": {}, "books": {}}, asked: map[string]int{}}
}

func (s *library) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[r.Method+" "+r.URL.Path]++
	kind, id, single := strings.Cut(strings.Trim(r.URL.Path, "/"), "/")
	title, byTitle := strings.CutPrefix(id, "title/")
	methods := map[bool]string{false: "GET, POST", true: "GET, DELETE"}[single]
	switch {
	case byTitle:
		methods = "GET"
	case single && kind == "books":
		methods = "GET, PUT, DELETE"
	}
	n, err := strconv.Atoi(id)
	thing := s.things[kind][n]
	if byTitle {
		for _, book := range s.things["books"] {
			if book["title"] == title {
				thing, err = book, nil
			}
		}
	}
	switch {
	case r.URL.Path == "/profile/authors" && r.Method == "GET":
		profile(w, r)
	case r.URL.Path == "/profile/authors":
		w.Header().Set("Allow", "GET")
		w.WriteHeader(405)
	case s.things[kind] == nil || strings.Contains(id, "/") && !byTitle:
		w.WriteHeader(404)
	case !strings.Contains(methods, r.Method):
		w.Header().Set("Allow", methods)
		w.WriteHeader(405)
	case single && (err != nil || thing == nil):
		w.WriteHeader(404)
	case r.Method == "GET" && single:
		reply(w, 200, "application/json", thing)
	case r.Method == "GET":
		list := []map[string]any{}
		for _, thing := range s.things[kind] {
			list = append(list, thing)
		}
		reply(w, 200, "application/json", list)
	case r.Method == "DELETE":
		delete(s.things[kind], n)
		w.WriteHeader(204)
	default:
		s.put(w, r, kind, n)
	}
}

// profile has an id that is none of an author, in the media type that is asked for.
func profile(w http.ResponseWriter, r *http.Request) {
	mediaType := "application/hal+json"
	if strings.HasPrefix(r.Header.Get("Accept"), "application/json") {
		mediaType = "application/json"
	}
	reply(w, 200, mediaType, map[string]any{"id": "author-representation"})
}

// put makes a thing, or replaces the one with this id.
func (s *library) put(w http.ResponseWriter, r *http.Request, kind string, id int) {
	o, ok := object(r)
	name, _ := o[map[string]string{"authors": "name", "books": "title"}[kind]].(string)
	author, number := o["author_id"].(float64)
	switch {
	case !ok || name == "" || kind == "books" && (!number || author != float64(int64(author))):
		w.WriteHeader(400)
		return
	case kind == "books" && (s.closed || s.things["authors"][int(author)] == nil):
		w.WriteHeader(409)
		return
	}
	if _, whole := o["id"].(float64); o["id"] != nil && !whole || o["id"] != nil && o["id"] != float64(int64(o["id"].(float64))) {
		w.WriteHeader(400)
		return
	}
	status := 200
	if id == 0 {
		s.last++
		id, status = s.last, 201
	}
	thing := map[string]any{"id": id, "name": name}
	if kind == "books" {
		thing = map[string]any{"id": id, "title": name, "author_id": int(author)}
	}
	s.things[kind][id] = thing
	w.Header().Set("Location", "/"+kind+"/"+strconv.Itoa(id))
	reply(w, status, "application/json", thing)
}

// What a run creates at a server without data, for its requests to succeed, it deletes
// again. A creation that is always refused is not tried for each operation that needs it.
func TestEmptyLibrary(t *testing.T) {
	for name, test := range map[string]struct {
		closed bool
		most   int // requests to create a book
	}{"open": {false, 22}, "closed": {true, 18}} {
		t.Run(name, func(t *testing.T) {
			s := openLibrary()
			s.closed = test.closed
			server := httptest.NewServer(s)
			defer server.Close()
			c, cfg := target(t, libraryDocument, "HOSTUP_BASE_URL="+server.URL)
			cfg.Safety = config.Delete
			if _, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c}); err != nil {
				t.Fatal(err)
			}
			for kind, left := range s.things {
				if len(left) > 0 {
					t.Errorf("%d %s are left", len(left), kind)
				}
			}
			if n := s.asked["POST /books"]; n > test.most {
				t.Errorf("%d requests to create a book, want at most %d", n, test.most)
			}
		})
	}
}
