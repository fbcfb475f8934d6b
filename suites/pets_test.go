package suites_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

const petDocument = `
openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: https://pets.example.com/v1}]
security: [{key: []}]
paths:
  /pets:
    get:
      tags: [list]
      parameters:
      - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}
        default: {description: error, content: {application/json: {schema: {type: object}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string, minLength: 1}}}}}}
      responses:
        "201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        default: {description: error, content: {application/json: {schema: {type: object}}}}
  /pets/{petId}:
    parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
    delete:
      responses: {"204": {description: gone}}
  /health:
    get:
      security: []
      responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: query, name: api_key}}
  schemas:
    Pet: {type: object, required: [id, name], properties: {id: {type: integer}, name: {type: string}, tag: {type: string, nullable: true}}}
`

const petKey = "sekret-pet-key-1"

// pets is a server that conforms to its document, except for its fault.
type pets struct {
	fault string

	mu      sync.Mutex
	names   map[int]string
	used    map[string]bool
	next    int
	deleted []int
	log     []string
}

func (p *pets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log = append(p.log, r.Method+" "+r.URL.Path)
	reply := func(status int, body any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}
	refuse := func(status int) { reply(status, map[string]any{"message": http.StatusText(status)}) }
	path, ok := strings.CutPrefix(r.URL.Path, "/v1")
	if path == "/health" && (r.Method == "GET" || r.Method == "HEAD") {
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, "fine")
		return
	}
	known := r.URL.Query().Get("api_key") == petKey || p.fault == "serves everybody" || p.fault == "takes any key" && r.URL.Query().Get("api_key") != ""
	var id int
	_, err := fmt.Sscanf(path, "/pets/%d", &id)
	item := err == nil && path == fmt.Sprintf("/pets/%d", id)
	switch {
	case !ok || path == "/health" || path != "/pets" && !strings.HasPrefix(path, "/pets/"):
		refuse(404)
	case !known:
		refuse(map[bool]int{true: 500, false: 401}[p.fault == "fails without a key"])
	case path == "/pets" && r.Method == "GET":
		if l := r.URL.Query().Get("limit"); r.URL.Query().Has("limit") && strings.Trim(l, "0123456789") != "" {
			refuse(map[bool]int{true: 500, false: 400}[p.fault == "fails over input"])
			return
		}
		list := []any{}
		for id, name := range p.names {
			row := map[string]any{"id": id, "name": name}
			if p.fault == "ids are texts" {
				row["id"] = fmt.Sprint(id)
			}
			list = append(list, row)
		}
		reply(200, list)
	case path == "/pets" && r.Method == "POST":
		var body map[string]any
		name, _ := "", 0
		if json.NewDecoder(r.Body).Decode(&body) == nil {
			name, _ = body["name"].(string)
		}
		if name == "" {
			refuse(422)
			return
		}
		if p.fault == "has each name once" && p.used[name] {
			refuse(409)
			return
		}
		p.used[name] = true
		p.next++
		p.names[p.next] = name
		reply(201, map[string]any{"id": p.next, "name": name})
	case !item && path != "/pets", item && p.names[id] == "":
		refuse(404)
	case item && (r.Method == "GET" || r.Method == "HEAD"):
		reply(200, map[string]any{"id": id, "name": p.names[id]})
	case item && r.Method == "DELETE":
		delete(p.names, id)
		p.deleted = append(p.deleted, id)
		w.WriteHeader(204)
	default:
		w.Header().Set("Allow", "GET")
		refuse(405)
	}
}

func runPets(t *testing.T, p *pets, change func(*config.Config)) *reporters.Run {
	t.Helper()
	p.names, p.used, p.next = map[int]string{7: "Rex"}, map[string]bool{}, 100
	server := httptest.NewServer(p)
	defer server.Close()
	c, cfg := target(t, petDocument, "HOSTUP_BASE_URL="+server.URL, "CONFORMANCE_AUTH_KEY="+petKey)
	if change != nil {
		change(&cfg)
	}
	run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c})
	// Chance decides which specs use the few requests: possibly none finishes.
	few := cfg.MaxRequests > 0 && errors.Is(err, suites.ErrNothingTested)
	if run == nil || err != nil && !few {
		t.Fatal(err)
	}
	return run
}

func broken(run *reporters.Run) (ids []string) {
	for _, g := range run.Findings {
		ids = append(ids, g.First.Requirement)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
