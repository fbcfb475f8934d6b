package suites_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strings"
	"sync"
)

// Teams have notes, which have marks. No list shows a team, so that each one has to be
// created, and whoever deletes it deletes what is in it.
const teamDocument = `
openapi: 3.0.3
info: {title: Teams, version: "1"}
paths:
  /teams: {post: {requestBody: {$ref: "#/components/requestBodies/Thing"}, responses: {"201": {$ref: "#/components/responses/Thing"}, "400": {$ref: "#/components/responses/None"}}}}
  /teams/{team_sid}:
    parameters: [{name: team_sid, in: path, required: true, schema: {type: string}}]
    get: &get {responses: {"200": {$ref: "#/components/responses/Thing"}, "404": {$ref: "#/components/responses/None"}}}
    patch: &patch {requestBody: {$ref: "#/components/requestBodies/Thing"}, responses: {"200": {$ref: "#/components/responses/Thing"}, "400": {$ref: "#/components/responses/None"}, "404": {$ref: "#/components/responses/None"}}}
    delete: &delete {responses: {"204": {description: gone}, "404": {$ref: "#/components/responses/None"}}}
  /teams/{team_sid}/notes:
    parameters: [{name: team_sid, in: path, required: true, schema: {type: string}}]
    get: &list {responses: {"200": {description: things, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}}, "404": {$ref: "#/components/responses/None"}}}
    post: &post {requestBody: {$ref: "#/components/requestBodies/Thing"}, responses: {"201": {$ref: "#/components/responses/Thing"}, "400": {$ref: "#/components/responses/None"}, "404": {$ref: "#/components/responses/None"}}}
  /teams/{team_sid}/notes/{note_sid}:
    parameters: [{name: team_sid, in: path, required: true, schema: {type: string}}, {name: note_sid, in: path, required: true, schema: {type: string}}]
    get: *get
    patch: *patch
    delete: *delete
  /teams/{team_sid}/notes/{note_sid}/marks:
    parameters: [{name: team_sid, in: path, required: true, schema: {type: string}}, {name: note_sid, in: path, required: true, schema: {type: string}}]
    get: *list
    post: *post
  /teams/{team_sid}/notes/{note_sid}/marks/{mark_sid}:
    parameters: [{name: team_sid, in: path, required: true, schema: {type: string}}, {name: note_sid, in: path, required: true, schema: {type: string}}, {name: mark_sid, in: path, required: true, schema: {type: string}}]
    get: *get
    delete: *delete
components:
  schemas:
    Thing: {type: object, required: [sid, text], properties: {sid: {type: string}, text: {type: string}}}
  requestBodies:
    Thing: {required: true, content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string, minLength: 1}}}}}}
  responses:
    Thing: {description: a thing, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
    None: {description: no}
`

// newTeams keeps things by their path: those of even length are things, the others lists.
func newTeams() http.Handler {
	var mu sync.Mutex
	things, next := map[string]map[string]any{}, 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		here, below := r.URL.Path, []any{}
		depth := strings.Count(here, "/")
		known := things[here] != nil || here == "/teams" || depth%2 == 1 && things[path.Dir(here)] != nil && strings.Contains(" notes marks ", " "+path.Base(here)+" ")
		if !known {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		for at, thing := range things {
			if path.Dir(at) == here {
				below = append(below, thing)
			}
		}
		sent := map[string]any{}
		text, valid := "", true
		if r.Method == http.MethodPost || r.Method == http.MethodPatch {
			valid = json.NewDecoder(r.Body).Decode(&sent) == nil
			text, _ = sent["text"].(string)
			valid = valid && text != ""
		}
		switch item := depth%2 == 0; {
		case !valid:
			w.WriteHeader(http.StatusBadRequest)
		case r.Method == http.MethodGet && item:
			reply(w, http.StatusOK, "application/json", things[here])
		case r.Method == http.MethodGet && depth > 1:
			reply(w, http.StatusOK, "application/json", below)
		case r.Method == http.MethodPost && !item:
			next++
			sid := fmt.Sprintf("s%d", next)
			things[here+"/"+sid] = map[string]any{"sid": sid, "text": text}
			reply(w, http.StatusCreated, "application/json", things[here+"/"+sid])
		case r.Method == http.MethodPatch && item && depth < 6:
			things[here]["text"] = text
			reply(w, http.StatusOK, "application/json", things[here])
		case r.Method == http.MethodDelete && item:
			for at := range things {
				if at == here || strings.HasPrefix(at, here+"/") {
					delete(things, at)
				}
			}
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", "GET, POST, PATCH, DELETE")
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	})
}
