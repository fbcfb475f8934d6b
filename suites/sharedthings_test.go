package suites_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

const wardDocument = `
openapi: 3.1.0
info: {title: Wards, version: "1"}
paths:
  /wards:
    get: {operationId: listWards, responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Ward'}}}}}}}
    post:
      operationId: addWard
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewWard'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Ward'}}}}, "400": {description: wrong}}
  /wards/{wardId}:
    parameters: [{name: wardId, in: path, required: true, schema: {type: string}}]
    get: {operationId: getWard, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Ward'}}}}, "404": {description: none}}}
    put:
      operationId: putWard
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewWard'}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Ward'}}}}, "400": {description: wrong}, "404": {description: none}, "409": {description: in use}}
    delete: {operationId: removeWard, responses: {"204": {description: gone}, "404": {description: none}}}
  /wards/{wardId}/beds:
    parameters: [{name: wardId, in: path, required: true, schema: {type: string}}]
    get: {operationId: listBeds, responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Bed'}}}}}, "404": {description: none}}}
    post:
      operationId: addBed
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewBed'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Bed'}}}}, "400": {description: wrong}, "404": {description: none}, "409": {description: full}}
  /wards/{wardId}/beds/{bedId}:
    parameters: [{name: wardId, in: path, required: true, schema: {type: string}}, {name: bedId, in: path, required: true, schema: {type: string}}]
    get: {operationId: getBed, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Bed'}}}}, "404": {description: none}}}
    patch:
      operationId: changeBed
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewBed'}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Bed'}}}}, "400": {description: wrong}, "404": {description: none}}
    delete: {operationId: removeBed, responses: {"204": {description: gone}, "404": {description: none}}}
components:
  schemas:
    NewWard: {type: object, required: [name], additionalProperties: false, properties: {name: {type: string, minLength: 1, maxLength: 2000}}}
    Ward: {type: object, required: [id, name], properties: {id: {type: string}, name: {type: string}}}
    NewBed: {type: object, required: [label], additionalProperties: false, properties: {label: {type: string, minLength: 1, maxLength: 2000}}}
    Bed: {type: object, required: [id, label], properties: {id: {type: string}, label: {type: string}}}
`

// wards are empty at first. single: a ward takes one bed at a time. lax: beds are changed by
// bodies that the document excludes. until: so are wards, and those that had a bed by none.
type wards struct {
	single, lax, until bool

	mu       sync.Mutex
	last     int
	requests int
	text     map[string]string // name or label, by path
	had      map[string]bool   // wards that had a bed
	made     map[string]int    // creations by the collection: "wards" or "beds"
}

func (s *wards) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	kind, property := "wards", "name"
	if len(parts) > 2 {
		kind, property = "beds", "label"
	}
	known := parts[0] == "wards" && len(parts) <= 4 && (len(parts) < 3 || parts[2] == "beds")
	above := "/" + strings.Join(parts[:max(0, min(len(parts)-1, 2))], "/")
	if _, there := s.text[above]; !known || len(parts) > 2 && !there {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	path := "/" + strings.Join(parts, "/")
	show := func(path string) map[string]any {
		return map[string]any{"id": path[strings.LastIndex(path, "/")+1:], property: s.text[path]}
	}
	var body map[string]any
	text := func() (string, bool) {
		v, isText := body[property].(string)
		return v, isText && v != "" && len([]rune(v)) <= 2000 && len(body) == 1
	}
	if r.ContentLength > 0 && json.NewDecoder(r.Body).Decode(&body) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	_, there := s.text[path]
	switch v, ok := text(); {
	case len(parts)%2 == 1 && r.Method == http.MethodGet:
		rows := []any{}
		for at := range s.text {
			if rest, below := strings.CutPrefix(at, path+"/"); below && !strings.Contains(rest, "/") {
				rows = append(rows, show(at))
			}
		}
		reply(w, http.StatusOK, "application/json", rows)
	case len(parts)%2 == 1 && r.Method == http.MethodPost:
		for at := range s.text {
			if s.single && kind == "beds" && strings.HasPrefix(at, path+"/") {
				w.WriteHeader(http.StatusConflict)
				return
			}
		}
		if !ok {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		s.last++
		s.made[kind]++
		own := fmt.Sprintf("%s/%s%d", path, kind, s.last)
		s.text[own], s.had[path] = v, true
		w.Header().Set("Location", own)
		reply(w, http.StatusCreated, "application/json", show(own))
	case len(parts)%2 == 1:
		w.Header().Set("Allow", "GET, POST")
		w.WriteHeader(http.StatusMethodNotAllowed)
	case !there:
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		reply(w, http.StatusOK, "application/json", show(path))
	case r.Method == http.MethodPut && kind == "wards" || r.Method == http.MethodPatch && kind == "beds":
		if s.until && kind == "wards" && s.had[path] {
			w.WriteHeader(http.StatusConflict)
			return
		}
		if !ok && (!s.lax || kind == "wards") && (!s.until || kind == "beds") {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if ok {
			s.text[path] = v
		}
		reply(w, http.StatusOK, "application/json", show(path))
	case r.Method == http.MethodDelete:
		for at := range s.text {
			if at == path || strings.HasPrefix(at, path+"/") {
				delete(s.text, at)
			}
		}
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("Allow", "GET, PUT, PATCH, DELETE")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// Specs share what they leave as it is, and what they change once: few things are made for all
// ten operations. Each operation is served nevertheless, what is wrong is found, and all
// that was made is deleted and listed.
func TestSharedThings(t *testing.T) {
	contract, err := packs.LoadText("wards.yaml", []byte(wardDocument))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name        string
		server      *wards
		operation   string
		concurrency int
		most        int // requests
		beds        int // at most so many are made
		found       string
		at          string
	}{
		{"all", &wards{}, "", 8, 85, 4, "", ""},
		{"one after the other", &wards{}, "", 1, 85, 4, "", ""},
		{"a ward takes one bed", &wards{single: true}, "", 8, 90, 4, "", ""},
		{"wrong changes are accepted", &wards{lax: true}, "", 8, 86, 5, "HTTP-INPUT-001", "PATCH /wards/{wardId}/beds/{bedId}"},
		{"wrong changes of what is not in use are accepted", &wards{until: true}, "", 8, 90, 4, "HTTP-INPUT-001", "PUT /wards/{wardId}"},
		{"one operation", &wards{}, "changeBed", 8, 22, 2, "", ""},
		{"one operation, wrong changes are accepted", &wards{lax: true}, "changeBed", 8, 24, 3, "HTTP-INPUT-001", "PATCH /wards/{wardId}/beds/{bedId}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.server.text, tt.server.had, tt.server.made = map[string]string{}, map[string]bool{}, map[string]int{}
			server := httptest.NewServer(tt.server)
			defer server.Close()
			cfg, err := settings.Load(nil, []string{"HOSTUP_BASE_URL=" + server.URL}, "")
			if err != nil {
				t.Fatal(err)
			}
			cfg.Safety, cfg.Operation, cfg.Concurrency = config.Delete, tt.operation, tt.concurrency
			run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: contract})
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range run.Findings {
				if f := g.First; f.Requirement != tt.found || f.Operation != tt.at {
					t.Errorf("%s %s: %s: want %s, got %s", f.Requirement, f.Operation, f.Where, f.Want, f.Got)
				}
			}
			if tt.found != "" && len(run.Findings) == 0 {
				t.Errorf("%s is not found", tt.found)
			}
			for _, o := range withoutSuccess(contract, run) {
				if tt.operation == "" || strings.HasPrefix(o, "PATCH") {
					t.Errorf("%s got no success", o)
				}
			}
			if tt.server.requests > tt.most || tt.server.made["beds"] > tt.beds {
				t.Errorf("%d requests and %d beds, want at most %d and %d", tt.server.requests, tt.server.made["beds"], tt.most, tt.beds)
			}
			if len(tt.server.text) > 0 {
				t.Errorf("left behind: %v", tt.server.text)
			}
			made := 0
			for _, c := range run.Created {
				if strings.HasPrefix(c.What, "POST") {
					made++
					if !c.Deleted {
						t.Errorf("%s %s of %s is listed as left behind", c.What, c.ID, c.Spec)
					}
				}
			}
			if n := tt.server.made["beds"] + tt.server.made["wards"]; made != n {
				t.Errorf("%d things are listed, %d were made", made, n)
			}
			if t.Failed() {
				for _, s := range run.Specs {
					if s.Outcome == reporters.Skipped {
						t.Logf("%s: %s", s.Name, s.Skip.Reason)
					}
				}
			}
		})
	}
}
