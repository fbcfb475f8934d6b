package suites_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

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
