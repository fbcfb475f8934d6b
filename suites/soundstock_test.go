package suites_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const stockDocument = `
openapi: 3.1.0
info: {title: Stock, version: "1"}
paths:
  /settings:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Settings'}}}}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Settings'}}}}
      responses: {"204": {description: saved}, "400": {description: why}}
  /labels:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Label'}}}}}}}
  /labels/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string, pattern: '^[a-z][a-z0-9-]{1,30}$'}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Label'}}}}, "404": {description: none}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string, minLength: 1, maxLength: 60}, weight: {type: integer, minimum: 0, maximum: 9}}}}}}
      responses: {"200": {description: replaced, content: {application/json: {schema: {$ref: '#/components/schemas/Label'}}}}, "201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Label'}}}}, "400": {description: why}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
  /parts:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 20}}
        - {name: cursor, in: query, schema: {type: string}}
        - {name: maker, in: query, schema: {type: string}}
        - {name: q, in: query, description: Words to search for, schema: {type: string}}
        - {name: minPrice, in: query, schema: {type: number, minimum: 0}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, required: [parts, nextCursor, totalCount], properties: {parts: {type: array, items: {$ref: '#/components/schemas/Part'}}, nextCursor: {type: [string, 'null']}, totalCount: {type: integer}}}}}}, "400": {description: why}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewPart'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Part'}}}}, "400": {description: why}}
  /parts/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Part'}}}}, "404": {description: none}}}
    patch:
      requestBody: {required: true, content: {application/json: {schema: {type: object, minProperties: 1, properties: {title: {type: string, minLength: 1, maxLength: 60}, price: {type: number, minimum: 0, maximum: 1000}, spare: {type: boolean}, sizes: {type: array, items: {type: string}}}}}}}
      responses: {"200": {description: changed, content: {application/json: {schema: {$ref: '#/components/schemas/Part'}}}}, "400": {description: why}, "404": {description: none}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
  /parts/{id}/notes:
    parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Note'}}}}}, "404": {description: none}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string, minLength: 1, maxLength: 60}}}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}, "400": {description: why}, "404": {description: none}}
components:
  schemas:
    Settings: {type: object, required: [unit, motto, open], properties: {unit: {type: string, enum: [mm, inch]}, motto: {type: string, minLength: 1, maxLength: 60}, open: {type: boolean}}}
    Label: {type: object, required: [name, text], properties: {name: {type: string}, text: {type: string}, weight: {type: integer}}}
    NewPart: {type: object, required: [title, price], properties: {title: {type: string, minLength: 1, maxLength: 60}, maker: {type: string, minLength: 1, maxLength: 60}, price: {type: number, minimum: 0, maximum: 1000}, spare: {type: boolean, default: true}, sizes: {type: array, items: {type: string}}}}
    Part: {type: object, required: [id, title, price, spare, sizes], properties: {id: {type: integer}, title: {type: string}, maker: {type: string}, price: {type: number}, spare: {type: boolean}, sizes: {type: array, items: {type: string}}}}
    Note: {type: object, required: [id, text], properties: {id: {type: integer}, text: {type: string}}}
`

// stock keeps everything as it was said: settings that are there once, labels that are
// named by who makes them, parts in pages, and notes that only a list shows.
type stock struct {
	mu       sync.Mutex
	fault    string
	settings map[string]any
	labels   map[string]map[string]any
	parts    []map[string]any
	notes    map[int][]any
	next     int
}

func newStock() http.Handler { return faultyStock("") }

func faultyStock(fault string) http.Handler {
	s := &stock{fault: fault, settings: map[string]any{"unit": "mm", "motto": "in order", "open": true}, labels: map[string]map[string]any{"new": {"name": "new", "text": "New"}}, notes: map[int][]any{}, next: 1}
	for i := range 5 {
		s.add(map[string]any{"title": fmt.Sprintf("part %d", i), "price": float64(10 * i), "maker": []string{"ada", "bob"}[i%2]})
	}
	mux := http.NewServeMux()
	for pattern, handle := range map[string]http.HandlerFunc{
		"GET /settings": func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, "application/json", s.settings) }, "PUT /settings": s.save,
		"GET /labels": s.listLabels, "GET /labels/{name}": s.label, "PUT /labels/{name}": s.putLabel, "DELETE /labels/{name}": s.label,
		"GET /parts": s.list, "POST /parts": s.post, "GET /parts/{id}": s.part, "PATCH /parts/{id}": s.part, "DELETE /parts/{id}": s.part,
		"GET /parts/{id}/notes": s.part, "POST /parts/{id}/notes": s.part,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			defer s.mu.Unlock()
			handle(w, r)
		})
	}
	return mux
}

func (s *stock) add(o map[string]any) map[string]any {
	part := map[string]any{"id": s.next, "spare": true, "sizes": []any{}}
	maps.Copy(part, o)
	s.next++
	s.parts = append(s.parts, part)
	return part
}

func isName(v any) bool {
	text, isText := v.(string)
	return isText && text != "" && len([]rune(text)) <= 60
}

func isBool(v any) bool { _, is := v.(bool); return is }

func within(most float64) func(any) bool {
	return func(v any) bool { n, is := v.(float64); return is && n >= 0 && n <= most }
}

func isDigit(v any) bool { return within(9)(v) && v == float64(int(v.(float64))) }

func areTexts(v any) bool {
	list, isList := v.([]any)
	return isList && !slices.ContainsFunc(list, func(v any) bool { _, isText := v.(string); return !isText })
}

// said reads a body: what is known of it, as far as it is valid.
func said(w http.ResponseWriter, r *http.Request, known map[string]func(any) bool, required ...string) (map[string]any, bool) {
	o, ok := object(r)
	for name, v := range o {
		if valid := known[name]; valid == nil {
			delete(o, name)
		} else {
			ok = ok && valid(v)
		}
	}
	for _, name := range required {
		_, there := o[name]
		ok = ok && there
	}
	if !ok {
		w.WriteHeader(400)
	}
	return o, ok
}

func (s *stock) save(w http.ResponseWriter, r *http.Request) {
	o, ok := said(w, r, map[string]func(any) bool{"unit": func(v any) bool { return v == "mm" || v == "inch" }, "motto": isName, "open": isBool}, "unit", "motto", "open")
	if !ok {
		return
	}
	switch s.fault {
	case "does not save":
		o = s.settings
	case "does not save the unit":
		o["unit"] = s.settings["unit"]
	}
	s.settings = o
	w.WriteHeader(204)
}

func (s *stock) listLabels(w http.ResponseWriter, _ *http.Request) {
	list := []any{}
	for _, name := range slices.Sorted(maps.Keys(s.labels)) {
		list = append(list, s.labels[name])
	}
	reply(w, 200, "application/json", list)
}

func (s *stock) label(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	switch {
	case s.labels[name] == nil:
		w.WriteHeader(404)
	case r.Method == http.MethodDelete:
		if s.fault != "keeps a label" {
			delete(s.labels, name)
		}
		w.WriteHeader(204)
	default:
		reply(w, 200, "application/json", s.labels[name])
	}
}

var labelName = regexp.MustCompile(`^[a-z][a-z0-9-]{1,30}$`)

func (s *stock) putLabel(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if !labelName.MatchString(name) {
		w.WriteHeader(400)
		return
	}
	o, ok := said(w, r, map[string]func(any) bool{"text": isName, "weight": isDigit}, "text")
	if !ok {
		return
	}
	o["name"] = name
	status, old := 200, s.labels[name]
	if old == nil {
		status = 201
	}
	switch {
	case s.fault == "fails for a new label" && old == nil:
		w.WriteHeader(500)
		return
	case s.fault == "forgets a label" && old == nil, s.fault == "keeps the label as it was" && old != nil:
	case s.fault == "loses the weight":
		s.labels[name] = map[string]any{"name": name, "text": o["text"]}
	default:
		s.labels[name] = o
	}
	reply(w, status, "application/json", o)
}

var partProperties = map[string]func(any) bool{"title": isName, "maker": isName, "price": within(1000), "spare": isBool, "sizes": areTexts}

func (s *stock) post(w http.ResponseWriter, r *http.Request) {
	o, ok := said(w, r, partProperties, "title", "price")
	if !ok {
		return
	}
	if s.fault == "all are spare" {
		o["spare"] = true
	}
	reply(w, 201, "application/json", s.add(o))
}

// part reads, changes and deletes a part, and its notes.
func (s *stock) part(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	i := slices.IndexFunc(s.parts, func(p map[string]any) bool { return p["id"] == id })
	if err != nil || i < 0 {
		w.WriteHeader(404)
		return
	}
	if strings.HasSuffix(r.URL.Path, "/notes") {
		s.note(w, r, id)
		return
	}
	switch r.Method {
	case http.MethodDelete:
		s.parts = slices.Delete(s.parts, i, i+1)
		w.WriteHeader(204)
		return
	case http.MethodPatch:
		known := maps.Clone(partProperties)
		delete(known, "maker")
		o, ok := said(w, r, known)
		if !ok {
			return
		}
		if name, ignores := strings.CutPrefix(s.fault, "ignores the "); ignores {
			delete(o, name)
		}
		if _, named := o["spare"]; s.fault == "makes it spare again" && !named {
			o["spare"] = true
		}
		maps.Copy(s.parts[i], o)
	}
	reply(w, 200, "application/json", s.parts[i])
}

func (s *stock) note(w http.ResponseWriter, r *http.Request, id int) {
	if r.Method == http.MethodGet {
		reply(w, 200, "application/json", append([]any{}, s.notes[id]...))
		return
	}
	o, ok := said(w, r, map[string]func(any) bool{"text": isName}, "text")
	if !ok {
		return
	}
	o["id"] = s.next
	s.next++
	if s.fault != "forgets a note" {
		s.notes[id] = append(s.notes[id], o)
	}
	reply(w, 201, "application/json", o)
}

// Each property of a change shows, of what is there once and of what is named by who
// makes it, too.
func TestUnsoundStock(t *testing.T) {
	unsound(t, stockDocument, nil, faultyStock, map[string]string{
		"does not save":             "SHOULD STATE-CHANGE-001 GET /settings $.motto",
		"does not save the unit":    "SHOULD STATE-CHANGE-001 GET /settings $.unit",
		"fails for a new label":     "MUST HTTP-SERVE-001 PUT /labels/{name} status",
		"forgets a label":           "SHOULD STATE-CREATE-001 GET /labels/{name} status",
		"loses the weight":          "SHOULD STATE-CREATE-002 GET /labels/{name} $.weight",
		"keeps the label as it was": "SHOULD STATE-CHANGE-001 GET /labels/{name} $.text",
		"keeps a label":             "SHOULD STATE-DELETE-001 GET /labels/{name} status",
		"all are spare":             "SHOULD STATE-CREATE-002 GET /parts/{id} $.spare",
		"ignores the price":         "SHOULD STATE-CHANGE-001 GET /parts/{id} $.price",
		"ignores the spare":         "SHOULD STATE-CHANGE-001 GET /parts/{id} $.spare",
		"ignores the sizes":         "SHOULD STATE-CHANGE-001 GET /parts/{id} $.sizes",
		"makes it spare again":      "SHOULD STATE-PATCH-001 GET /parts/{id} $.spare",
	})
}
