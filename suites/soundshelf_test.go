package suites_test

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

const (
	shelfKey = "Token shelf-4711-abcdef"

	shelfDocument = `
openapi: 3.0.3
info: {title: Shelf, version: "1"}
security: [{key: []}]
paths:
  /books:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Book'}}}}}}}
    post:
      parameters: [{name: Idempotency-Key, in: header, required: true, schema: {type: string, minLength: 8}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
      responses: {"201": {description: made, headers: {Location: {schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}, "422": {$ref: '#/components/responses/E'}}
  /books/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok, headers: {ETag: {schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}, "304": {description: as before}, "404": {$ref: '#/components/responses/E'}}}
    put:
      parameters: [{name: If-Match, in: header, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [id, title], properties: {id: {type: string}, title: {type: string, minLength: 1}, blurb: {type: string, nullable: true}, shelf: {type: integer, default: 3}}}}}}
      responses: {"204": {description: changed}, "404": {$ref: '#/components/responses/E'}, "412": {$ref: '#/components/responses/E'}, "422": {$ref: '#/components/responses/E'}}
    patch:
      requestBody: {required: true, content: {application/json-patch+json: {schema: {type: array, items: {type: object}}}, application/merge-patch+json: {schema: {type: object, properties: {title: {type: string, minLength: 1}}}}}}
      responses: {"200": {description: changed, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}, "304": {description: nothing to change}, "404": {$ref: '#/components/responses/E'}, "422": {$ref: '#/components/responses/E'}}
    delete: {responses: {"204": {description: gone}, "404": {$ref: '#/components/responses/E'}}}
  /books/{id}/text:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: all, content: {text/plain: {schema: {type: string}}}}, "206": {description: part, content: {text/plain: {schema: {type: string}}}}, "404": {$ref: '#/components/responses/E'}}}
    options: {security: [], responses: {"204": {description: what there is}}}
  /shelves: {get: {responses: {"301": {description: moved, headers: {Location: {required: true, schema: {type: string}}}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: Authorization}}
  responses: {E: {description: error, content: {application/json: {schema: {type: object, required: [error], properties: {error: {type: string}}}}}}}
  schemas:
    Book: {type: object, required: [id, title], properties: {id: {type: string, readOnly: true}, state: {type: string, readOnly: true, enum: [new]}, title: {type: string, minLength: 1}, blurb: {type: string, nullable: true}, shelf: {type: integer, default: 3}}}
`
)

// shelf conforms to its document and is strict: it requires its complete key, the same id
// in body and path, a key for each creation, and entity tags. It has one fault, or none.
type shelf struct {
	mu    sync.Mutex
	fault string
	books map[string]map[string]any
	keys  map[string]string         // text of the body, by idempotency key
	made  map[string]map[string]any // what was made, by idempotency key
	next  int
}

func newShelf() http.Handler { return faultyShelf("") }

func faultyShelf(fault string) http.Handler {
	s := &shelf{fault: fault, books: map[string]map[string]any{}, keys: map[string]string{}, made: map[string]map[string]any{}}
	s.add(map[string]any{"title": "Emma", "blurb": "A novel."})
	return s
}

func (s *shelf) add(o map[string]any) map[string]any {
	s.next++
	b := map[string]any{"id": "b" + strconv.Itoa(s.next), "state": "new", "title": o["title"], "blurb": o["blurb"], "shelf": json.Number("3")}
	if o["shelf"] != nil {
		b["shelf"] = o["shelf"]
	}
	if id, given := o["id"].(string); given && s.fault == "takes the id" {
		b["id"] = id
	}
	if s.fault == "another default" && o["shelf"] == nil {
		b["shelf"] = 1
	}
	if s.fault != "forgets what is made" {
		s.books[b["id"].(string)] = b
	}
	return b
}

func (s *shelf) tag(b map[string]any) string {
	h := fnv.New32()
	text, _ := json.Marshal(b)
	h.Write(text)
	switch s.fault {
	case "one tag for all":
		return `"1"`
	case "a tag without quotes":
		return fmt.Sprintf("%x", h.Sum32())
	}
	return fmt.Sprintf(`"%x"`, h.Sum32())
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fail := func(status int, text string) {
		reply(w, status, "application/json", map[string]any{"error": text})
	}
	id, part, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/books"), "/"), "/")
	known := strings.HasPrefix(r.URL.Path, "/books") && (part == "" || part == "text") || r.URL.Path == "/shelves"
	methods := map[bool]string{true: "GET, POST", false: "GET, PUT, PATCH, DELETE"}[id == ""]
	if part == "text" {
		methods = "GET, OPTIONS"
	} else if r.URL.Path == "/shelves" {
		methods = "GET"
	}
	switch {
	case !known:
		fail(404, "no such path")
	case !strings.Contains(methods, r.Method):
		w.Header().Set("Allow", methods)
		fail(405, "no such method")
	case r.Method == "OPTIONS":
		w.WriteHeader(204)
	case r.Header.Get("Authorization") != shelfKey && (r.Method != "DELETE" || s.fault != "no key for DELETE"):
		w.Header().Set("WWW-Authenticate", "Token")
		fail(401, "the key, please")
	case r.URL.Path == "/shelves":
		w.Header().Set("Location", "/books")
		w.WriteHeader(301)
	case r.Method == "POST":
		s.create(w, r, fail)
	case id == "":
		list := []any{}
		for _, b := range s.books {
			list = append(list, b)
		}
		reply(w, 200, "application/json", list)
	case s.books[id] == nil:
		fail(404, "no such book")
	case part == "text" && s.fault == "sends readers to a page":
		w.Header().Set("Location", "/sign-in")
		w.WriteHeader(302)
	case part == "text":
		s.text(w, r)
	default:
		s.book(w, r, s.books[id], fail)
	}
}

func (s *shelf) create(w http.ResponseWriter, r *http.Request, fail func(int, string)) {
	o, ok := exact(r)
	title, _ := o["title"].(string)
	key, text := r.Header.Get("Idempotency-Key"), fmt.Sprint(o)
	if n, _ := o["shelf"].(json.Number); s.fault == "numbers of 32 bits" && len(n) > 9 {
		fail(500, "overflow")
		return
	}
	if earlier, used := s.keys[key]; !ok || title == "" || !validBook(o) || len(key) < 8 || used && earlier != text {
		fail(422, "a title, and a key of its own")
		return
	}
	if b := s.made[key]; b != nil {
		reply(w, 201, "application/json", b)
		return
	}
	s.keys[key] = text
	b := s.add(o)
	s.made[key] = b
	location := "/books/" + b["id"].(string)
	if s.fault == "an address of nothing" {
		location = "/book/" + b["id"].(string)
	}
	w.Header().Set("Location", location)
	reply(w, 201, "application/json", b)
}

// exact reads an object with numbers as they are written.
func exact(r *http.Request) (o map[string]any, ok bool) {
	d := json.NewDecoder(r.Body)
	d.UseNumber()
	return o, d.Decode(&o) == nil && o != nil
}

func validBook(o map[string]any) bool {
	_, text := o["blurb"].(string)
	n, number := o["shelf"].(json.Number)
	return (o["blurb"] == nil || text) && (o["shelf"] == nil || number && !strings.ContainsAny(string(n), ".eE"))
}

func (s *shelf) text(w http.ResponseWriter, r *http.Request) {
	const all = "It was a dark night."
	w.Header().Set("Content-Type", "text/plain")
	first, last := 0, len(all)-1
	switch r.Header.Get("Range") {
	case "bytes=0-0":
		last = 0
	case "bytes=-2":
		first = len(all) - 2
	default:
		w.Write([]byte(all))
		return
	}
	w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", first, last, len(all)))
	w.WriteHeader(206)
	if s.fault == "a part that is the whole" {
		first, last = 0, len(all)-1
	}
	w.Write([]byte(all[first : last+1]))
}

func (s *shelf) book(w http.ResponseWriter, r *http.Request, b map[string]any, fail func(int, string)) {
	id, tag := b["id"].(string), s.tag(b)
	switch r.Method {
	case "GET":
		w.Header().Set("ETag", tag)
		if old := r.Header.Get("If-None-Match"); old == tag || old != "" && s.fault == "304 for any tag" {
			w.WriteHeader(304)
			return
		}
		reply(w, 200, "application/json", b)
		return
	case "DELETE":
		if s.fault != "keeps what is deleted" {
			delete(s.books, id)
		}
		w.WriteHeader(204)
		return
	}
	o, ok := exact(r)
	title, named := o["title"].(string)
	replaces := r.Method == "PUT"
	match := r.Header.Get("If-Match")
	switch {
	case !ok || named && title == "" || replaces && (!named || o["id"] != id || !validBook(o)) || !replaces && o["title"] != nil && !named:
		fail(422, "a title, and the id of the path")
		return
	case match != "" && match != tag && s.fault != "any If-Match":
		fail(412, "changed meanwhile")
		return
	case !replaces && (!named || title == b["title"]):
		w.WriteHeader(304)
		return
	}
	changed := map[string]any{"id": id, "title": b["title"], "blurb": b["blurb"], "shelf": b["shelf"]}
	if named {
		changed["title"] = title
	}
	if replaces {
		changed["blurb"], changed["shelf"] = o["blurb"], json.Number("3")
		if o["shelf"] != nil {
			changed["shelf"] = o["shelf"]
		}
	} else if s.fault == "PATCH takes the rest away" {
		changed["blurb"] = nil
	}
	if s.fault != "keeps what was" {
		s.books[id] = changed
	}
	if replaces {
		w.WriteHeader(204)
		return
	}
	reply(w, 200, "application/json", changed)
}
