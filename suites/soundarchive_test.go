package suites_test

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const archiveDocument = `
openapi: 3.1.0
info: {title: Archive, version: "1"}
paths:
  /t/{tenant}/boxes:
    parameters: [{$ref: '#/components/parameters/tenant'}]
    get:
      parameters:
        - {name: page, in: query, schema: {type: integer, minimum: 0, default: 0}}
        - {name: size, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 20}}
        - {name: created_after, in: query, schema: {type: string, format: date-time}}
        - {name: sort_by, in: query, schema: {type: string, enum: [name, weight]}}
        - {name: sort_dir, in: query, schema: {type: string, enum: [asc, desc]}}
      responses: {"200": {description: ok, headers: {Link: {schema: {type: string}}}, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Box'}}}}}, "400": {description: wrong}, "404": {description: none}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewBox'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}}, "400": {description: wrong}, "404": {description: none}}
  /t/{tenant}/boxes/{box_id}:
    parameters: [{$ref: '#/components/parameters/tenant'}, {$ref: '#/components/parameters/box'}]
    get: {responses: {"200": {description: ok, headers: {ETag: {required: true, schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}}, "404": {description: none}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewBox'}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}}, "400": {description: wrong}, "404": {description: none}, "412": {description: changed meanwhile}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
  /t/{tenant}/boxes/{box_id}/files:
    parameters: [{$ref: '#/components/parameters/tenant'}, {$ref: '#/components/parameters/box'}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/File'}}}}}, "404": {description: none}}}
    post:
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [file], properties: {file: {type: string, contentMediaType: application/octet-stream}}}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/File'}}}}, "400": {description: wrong}, "404": {description: none}}
  /t/{tenant}/boxes/{box_id}/files/{file_id}:
    parameters: [{$ref: '#/components/parameters/tenant'}, {$ref: '#/components/parameters/box'}, {$ref: '#/components/parameters/file'}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/File'}}}}, "404": {description: none}}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
  /t/{tenant}/boxes/{box_id}/files/{file_id}/content:
    parameters: [{$ref: '#/components/parameters/tenant'}, {$ref: '#/components/parameters/box'}, {$ref: '#/components/parameters/file'}]
    get: {responses: {"200": {description: ok, content: {application/octet-stream: {}}}, "404": {description: none}}}
  /t/{tenant}/exports:
    parameters: [{$ref: '#/components/parameters/tenant'}]
    post: {responses: {"202": {description: begun, headers: {Location: {schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Export'}}}}, "404": {description: none}}}
  /t/{tenant}/exports/{export_id}:
    parameters: [{$ref: '#/components/parameters/tenant'}, {name: export_id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Export'}}}}, "404": {description: none}}}
  /t/{tenant}/exports/{export_id}/rows:
    parameters: [{$ref: '#/components/parameters/tenant'}, {name: export_id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}, "404": {description: none}, "409": {description: not yet}}}
  /t/{tenant}/orders:
    parameters: [{$ref: '#/components/parameters/tenant'}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}, "404": {description: none}}}
  /t/{tenant}/orders/{order_id}:
    parameters: [{$ref: '#/components/parameters/tenant'}, {name: order_id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}, "404": {description: none}}}
  /t/{tenant}/orders/{order_id}/pay:
    parameters: [{$ref: '#/components/parameters/tenant'}, {name: order_id, in: path, required: true, schema: {type: string}}]
    post: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}, "404": {description: none}, "409": {description: paid}}}
components:
  parameters:
    tenant: {name: tenant, in: path, required: true, schema: {type: string, pattern: '^[a-z]{3,12}$', examples: [acme]}}
    box: {name: box_id, in: path, required: true, schema: {type: string}}
    file: {name: file_id, in: path, required: true, schema: {type: string}}
  schemas:
    NewBox: {type: object, required: [name, weight], additionalProperties: false, properties: {name: {type: string, minLength: 1}, weight: {type: integer, minimum: 1, maximum: 900}}}
    Box: {type: object, required: [id, name, weight, created], properties: {id: {type: string}, name: {type: string}, weight: {type: integer}, created: {type: string, format: date-time}}}
    File: {type: object, required: [id, size], properties: {id: {type: string}, size: {type: integer}}}
    Export: {type: object, required: [id, ready], properties: {id: {type: string}, ready: {type: boolean}}}
    Order: {type: object, required: [id, state], properties: {id: {type: string}, state: {enum: [open, paid]}}}
`

type archiveBox struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Weight  int    `json:"weight"`
	Created string `json:"created"`
}

type archiveFile struct {
	id, box string
	bytes   []byte
}

// archive has boxes of one tenant with files, exports that are ready when they were asked
// about twice, and orders that nobody can make. It has one fault, or none.
type archive struct {
	mu      sync.Mutex
	fault   string
	last    int
	boxes   []*archiveBox
	files   []*archiveFile
	exports map[string]int
	paid    map[string]bool
}

func newArchive() http.Handler { return faultyArchive("") }

func faultyArchive(fault string) http.Handler {
	s := &archive{fault: fault, exports: map[string]int{}, paid: map[string]bool{"o1": false, "o2": false, "o3": false}}
	for i, weight := range []int{30, 10, 50, 20, 40} {
		s.boxes = append(s.boxes, &archiveBox{"b" + strconv.Itoa(i), fmt.Sprintf("box %d", 9-i), weight, time.Date(2024, 1, 1+i, 8, 0, 0, 0, time.UTC).Format(time.RFC3339)})
	}
	mux := http.NewServeMux()
	handle := func(pattern string, h func(w http.ResponseWriter, r *http.Request)) {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" /t/{tenant}/"+path, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			defer s.mu.Unlock()
			if r.PathValue("tenant") != "acme" {
				w.WriteHeader(404)
				return
			}
			h(w, r)
		})
	}
	handle("GET boxes", s.list)
	handle("POST boxes", s.putBox)
	handle("GET boxes/{box}", s.box)
	handle("PUT boxes/{box}", s.putBox)
	handle("DELETE boxes/{box}", s.box)
	handle("GET boxes/{box}/files", s.listFiles)
	handle("POST boxes/{box}/files", s.upload)
	handle("GET boxes/{box}/files/{file}", s.file)
	handle("DELETE boxes/{box}/files/{file}", s.file)
	handle("GET boxes/{box}/files/{file}/content", s.file)
	handle("POST exports", s.export)
	handle("GET exports/{export}", s.export)
	handle("GET exports/{export}/rows", s.export)
	handle("GET orders", s.order)
	handle("GET orders/{order}", s.order)
	handle("POST orders/{order}/pay", s.order)
	return mux
}

func (s *archive) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	page, noPage := strconv.Atoi(cmp.Or(q.Get("page"), "0"))
	size, noSize := strconv.Atoi(cmp.Or(q.Get("size"), "20"))
	after, err := time.Parse(time.RFC3339, cmp.Or(q.Get("created_after"), "2000-01-01T00:00:00Z"))
	by, way := cmp.Or(q.Get("sort_by"), "name"), cmp.Or(q.Get("sort_dir"), "asc")
	if noPage != nil || noSize != nil || page < 0 || size < 1 || size > 50 || err != nil || by != "name" && by != "weight" || way != "asc" && way != "desc" {
		w.WriteHeader(400)
		return
	}
	list := []*archiveBox{}
	for _, b := range s.boxes {
		if at, _ := time.Parse(time.RFC3339, b.Created); at.After(after) || s.fault == "of any time" {
			list = append(list, b)
		}
	}
	slices.SortStableFunc(list, func(a, b *archiveBox) int {
		c := cmp.Compare(a.Name, b.Name)
		if by == "weight" {
			c = cmp.Compare(a.Weight, b.Weight)
		}
		if way == "desc" && s.fault != "one way" {
			return -c
		}
		return c
	})
	if s.fault == "any size" {
		size = 20
	}
	from, to := min(page*size, len(list)), min((page+1)*size, len(list))
	if next := page + 1; to < len(list) {
		if s.fault == "leads past a page" {
			next++
		}
		q.Set("page", strconv.Itoa(next))
		w.Header().Set("Link", "<"+r.URL.Path+"?"+q.Encode()+`>; rel="next"`)
	}
	reply(w, 200, "application/json", list[from:to])
}
