package suites_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

const partsDocument = `
openapi: 3.1.0
info: {title: Files, version: "1"}
paths:
  /files:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/File'}}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string}}}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/File'}}}}, "400": {description: why}}
  /files/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/File'}}}}, "404": {description: none}}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
  /files/{id}/content:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}, "404": {description: none}}}
    put:
      requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}
      responses: {"204": {description: stored}, "400": {description: why}, "404": {description: none}}
  /files/{id}/lock:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post: {responses: {"200": {description: locked, content: {application/json: {schema: {$ref: '#/components/schemas/File'}}}}, "404": {description: none}}}
components:
  schemas:
    File: {type: object, required: [id, name, locked], properties: {id: {type: string}, name: {type: string}, locked: {type: boolean}}}
`

type storedFile struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Locked  bool   `json:"locked"`
	content string
}

// cabinet serves partsDocument. It counts the changes of parts in changed.
func cabinet(all map[string]*storedFile, changed map[string]int) http.Handler {
	var mu sync.Mutex
	made := 0
	mux := http.NewServeMux()
	show := func(w http.ResponseWriter, status int, v any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(v)
	}
	handle := func(pattern string, do func(w http.ResponseWriter, r *http.Request, f *storedFile)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			f := all[r.PathValue("id")]
			if f == nil && r.PathValue("id") != "" {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			do(w, r, f)
		})
	}
	handle("GET /files", func(w http.ResponseWriter, _ *http.Request, _ *storedFile) {
		list := []*storedFile{}
		for _, f := range all {
			list = append(list, f)
		}
		show(w, http.StatusOK, list)
	})
	handle("POST /files", func(w http.ResponseWriter, r *http.Request, _ *storedFile) {
		var in struct{ Name *string }
		if json.NewDecoder(r.Body).Decode(&in) != nil || in.Name == nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		made++
		f := &storedFile{ID: fmt.Sprintf("new-%d", made), Name: *in.Name}
		all[f.ID] = f
		show(w, http.StatusCreated, f)
	})
	handle("GET /files/{id}", func(w http.ResponseWriter, _ *http.Request, f *storedFile) { show(w, http.StatusOK, f) })
	handle("DELETE /files/{id}", func(w http.ResponseWriter, _ *http.Request, f *storedFile) {
		delete(all, f.ID)
		w.WriteHeader(http.StatusNoContent)
	})
	handle("GET /files/{id}/content", func(w http.ResponseWriter, _ *http.Request, f *storedFile) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, f.content)
	})
	handle("PUT /files/{id}/content", func(w http.ResponseWriter, r *http.Request, f *storedFile) {
		text, _ := io.ReadAll(r.Body)
		f.content = string(text)
		changed["content"]++
		w.WriteHeader(http.StatusNoContent)
	})
	handle("POST /files/{id}/lock", func(w http.ResponseWriter, _ *http.Request, f *storedFile) {
		f.Locked = true
		changed["lock"]++
		show(w, http.StatusOK, f)
	})
	return mux
}

// TestPartsOfOthersStay: what was there before a run is as it was after it, also where it
// cannot be put back, and nothing that the run made is left.
func TestPartsOfOthersStay(t *testing.T) {
	theirs := storedFile{ID: "theirs", Name: "letter", content: "Dear"}
	kept := theirs
	all, changed := map[string]*storedFile{"theirs": &kept}, map[string]int{}
	server := httptest.NewServer(cabinet(all, changed))
	defer server.Close()
	c, cfg := target(t, partsDocument, "HOSTUP_BASE_URL="+server.URL)
	cfg.Safety, cfg.Depth = config.Write, config.Thorough
	run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c})
	if err != nil {
		t.Fatal(err)
	}
	if kept != theirs || len(all) != 1 {
		t.Errorf("what was there is now %+v, and %d files are left", kept, len(all))
	}
	for _, group := range run.Findings {
		t.Errorf("%s %s %s: %s", group.First.Requirement, group.First.Operation, group.First.Where, group.First.Got)
	}
	if changed["content"] == 0 || changed["lock"] == 0 {
		t.Errorf("changed were %v, want both parts", changed)
	}
}
