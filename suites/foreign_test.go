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

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
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
	c, err := packs.LoadText("pets.yaml", []byte(petDocument))
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := settings.Load(nil, []string{"HOSTUP_BASE_URL=" + server.URL, "CONFORMANCE_AUTH_KEY=" + petKey}, "")
	if err != nil {
		t.Fatal(err)
	}
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

// At a conforming server nothing is found, every operation that the tier allows has a
// success, and existing resources are left alone.
func TestAnyDocumentSound(t *testing.T) {
	for _, safety := range []config.Safety{config.ReadOnly, config.Write} {
		p := &pets{}
		run := runPets(t, p, func(c *config.Config) {
			c.Safety = safety
		})
		if ids := broken(run); len(ids) > 0 {
			t.Errorf("%v: %v, want no findings", safety, ids)
		}
		success := map[string]bool{}
		for _, o := range run.Traffic.Operations {
			for status := range o.Statuses {
				success[o.Operation] = success[o.Operation] || status/100 == 2
			}
		}
		want := []string{"GET /pets", "GET /pets/{petId}", "GET /health"}
		if safety == config.Write {
			want = append(want, "POST /pets", "DELETE /pets/{petId}")
		}
		for _, o := range want {
			if !success[o] {
				t.Errorf("%v: %s got no success", safety, o)
			}
		}
		if p.names[7] != "Rex" || len(p.names) != 1 {
			t.Errorf("%v: left behind %v, want the one pet that was there", safety, p.names)
		}
		if safety == config.ReadOnly && slices.ContainsFunc(p.log, func(line string) bool { return strings.HasPrefix(line, "POST") || strings.HasPrefix(line, "DELETE") }) {
			t.Errorf("a read-only run sent %v", p.log)
		}
		if n := len(p.log); n > 12*5+12 { // twelve of them before the first spec
			t.Errorf("%v: %d requests for 5 operations", safety, n)
		}
		text, err := json.Marshal(run)
		if err != nil || strings.Contains(string(text), petKey) {
			t.Errorf("%v: the result shows the key, or %v", safety, err)
		}
		if strings.Contains(string(text), "HOSTUP") || strings.Contains(string(text), "storage add-on") {
			t.Errorf("%v: the result has words of the pack", safety)
		}
	}
}

func TestAnyDocumentFaults(t *testing.T) {
	for fault, want := range map[string][]string{
		"serves everybody": {"AUTH-EMPTY-001", "AUTH-NONE-001", "AUTH-UNKNOWN-001"},
		"takes any key":    {"AUTH-UNKNOWN-001"},
		"fails over input": {"HTTP-ROBUST-001"},
		// It serves nothing but errors.
		"fails without a key": {"HTTP-ROBUST-001", "HTTP-STATUS-002"},
		"ids are texts":       {"BODY-SCHEMA-001"},
	} {
		run := runPets(t, &pets{fault: fault}, nil)
		if diff := cmp.Diff(want, broken(run)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fault, diff)
		}
	}
}

// A target may require unique names for good: existing resources are no reason to test
// less.
func TestAnyDocumentNamesOnce(t *testing.T) {
	p := &pets{fault: "has each name once"}
	run := runPets(t, p, func(c *config.Config) { c.Safety = config.Write })
	if ids := broken(run); len(ids) > 0 {
		t.Errorf("%v, want no findings", ids)
	}
	if len(p.deleted) < 2 || len(p.names) != 1 {
		t.Errorf("deleted %v, left %v: want what POST and DELETE made deleted, and the one that was there left", p.deleted, p.names)
	}
}

func TestAnyDocumentBounds(t *testing.T) {
	p := &pets{}
	runPets(t, p, func(c *config.Config) { c.MaxRequests = 5 })
	if n := len(p.log); n > 6 { // including the preflight
		t.Errorf("%d requests, want 5", n)
	}
	p = &pets{}
	run := runPets(t, p, func(c *config.Config) { c.Tags = "list" })
	for _, o := range run.Traffic.Operations {
		if strings.Contains(o.Operation, "health") {
			t.Errorf("%s was tested, which lacks the tag", o.Operation)
		}
	}
	p = &pets{}
	runPets(t, p, func(c *config.Config) { c.Safety = config.Write; c.MaxWrites = 1 })
	if p.next > 101 {
		t.Errorf("%d pets made, want 1", p.next-100)
	}
}

// A plan sends nothing, and a missing credential is an error that names the variable.
func TestAnyDocumentWithoutRequests(t *testing.T) {
	c, err := packs.LoadText("pets.yaml", []byte(petDocument))
	if err != nil {
		t.Fatal(err)
	}
	cfg := settings.Default()
	cfg.BaseURL, cfg.Safety = "http://127.0.0.1:1", config.ReadOnly
	plan, err := suites.Plan(t.Context(), cfg, suites.Options{Contract: c})
	if err != nil {
		t.Fatal(err)
	}
	if least, most := plan.Count(); least == 0 || most > 12*3 {
		t.Errorf("%d to %d requests planned", least, most)
	}
	_, err = suites.Run(t.Context(), cfg, suites.Options{Contract: c})
	want := "no credential is given, which 4 of 5 operations need: set CONFORMANCE_AUTH_KEY, or test without one on purpose with --no-key"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// A credential by a name that the document does not have is none, and a misspelled one is told
// as that.
func TestCredentialsOfNoScheme(t *testing.T) {
	two := strings.Replace(petDocument, "securitySchemes: {", "securitySchemes: {spare: {type: http, scheme: bearer}, ", 1)
	two = strings.Replace(two, "paths:\n", "paths:\n  /spare:\n    get: {security: [{spare: []}], responses: {'200': {description: ok}}}\n", 1)
	for _, test := range []struct{ document, given, want string }{
		{petDocument, "CONFORMANCE_AUTH_KYE=x", "CONFORMANCE_AUTH_KYE is for no security scheme of the document: did you mean CONFORMANCE_AUTH_KEY?"},
		{petDocument, "CONFORMANCE_AUTH_OTHERAPI=x", "no credential is given, which 4 of 5 operations need (CONFORMANCE_AUTH_OTHERAPI is for no security scheme of the document): set CONFORMANCE_AUTH_KEY, or test without one on purpose with --no-key"},
		{two, "CONFORMANCE_AUTH_KEY=x CONFORMANCE_AUTH_SPAER=x", "CONFORMANCE_AUTH_SPAER is for no security scheme of the document: did you mean CONFORMANCE_AUTH_SPARE?"},
		{two, "CONFORMANCE_AUTH_KEY=x CONFORMANCE_AUTH_OTHERAPI=x", ""},
	} {
		c, err := packs.LoadText("pets.yaml", []byte(test.document))
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(http.NotFoundHandler())
		cfg, err := settings.Load(nil, append(strings.Fields(test.given), "HOSTUP_BASE_URL="+server.URL), "")
		if err != nil {
			t.Fatal(err)
		}
		run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c})
		server.Close()
		if got := fmt.Sprint(err); test.want != "" && got != test.want || test.want == "" && run == nil {
			t.Errorf("%s: %s, want %s", test.given, got, test.want)
		}
	}
}

// What is asked before the first spec is asked with a credential that was given: a
// document of several may have operations of another one, which says nothing of the target.
func TestPreflightWithoutOneOfTheCredentials(t *testing.T) {
	const text = `openapi: 3.0.3
info: {title: two keys, version: '1'}
components: {securitySchemes: {one: {type: apiKey, in: header, name: X-One}, two: {type: http, scheme: bearer}}}
paths:
  /first: {get: {security: [{one: []}], responses: {"200": {description: ok}, "401": {description: no}}}}
  /second: {get: {security: [{two: []}], responses: {"200": {description: ok}, "401": {description: no}}}}
`
	c, err := packs.LoadText("two.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known := map[string]bool{"/first": r.Header.Get("X-One") == "k", "/second": r.Header.Get("Authorization") == "Bearer k"}
		switch ok, there := known[r.URL.Path]; {
		case !there:
			w.WriteHeader(http.StatusNotFound)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
		case !ok:
			w.Header().Set("WWW-Authenticate", "Bearer")
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	cfg, err := settings.Load(nil, []string{"HOSTUP_BASE_URL=" + server.URL, "CONFORMANCE_AUTH_TWO=k"}, "")
	if err != nil {
		t.Fatal(err)
	}
	run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range run.Findings {
		t.Errorf("finding %s: %s", f.First.Requirement, f.First.Got)
	}
}
