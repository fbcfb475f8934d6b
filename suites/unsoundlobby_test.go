package suites_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// A lobby has a bearer token for one operation and a cookie for another.
const lobbyDocument = `openapi: 3.1.0
info: {title: lobby, version: '1'}
paths:
  /notes/{id}:
    get:
      security: [{token: []}]
      parameters: [{name: id, in: path, required: true, schema: {type: integer, examples: [1]}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: integer}}}}}}
        default: {description: no, content: {application/json: {schema: {type: object}}}}
components: {securitySchemes: {token: {type: http, scheme: bearer}, session: {type: apiKey, in: cookie, name: sid}}}
`

var lobbyEnv = []string{"CONFORMANCE_AUTH_TOKEN=tok-84ab21f09c", "CONFORMANCE_AUTH_SESSION=ses-84ab21f09c"}

// faultyLobby knows the token, or by the other document the cookie, and has one fault.
func faultyLobby(fault string) http.Handler {
	mux := http.NewServeMux()
	say := func(w http.ResponseWriter, status int, v map[string]any) {
		w.Header().Set("Content-Type", "application/json")
		if status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(v)
	}
	known := func(r *http.Request) bool {
		if strings.Contains(r.Header.Get("Cookie"), "sid=") {
			if fault == "reads the first cookie alone" {
				return strings.HasPrefix(r.Header.Get("Cookie"), "sid=ses-84ab21f09c")
			}
			c, err := r.Cookie("sid")
			return err == nil && c.Value == "ses-84ab21f09c"
		}
		return r.Header.Get("Authorization") == "Bearer tok-84ab21f09c"
	}
	mux.HandleFunc("GET /notes/{id}", func(w http.ResponseWriter, r *http.Request) {
		switch id := r.PathValue("id"); {
		case !known(r):
			say(w, http.StatusUnauthorized, map[string]any{"error": "who are you?"})
		case id == "1":
			if fault == "lets caches keep it" {
				w.Header().Set("Cache-Control", "public, max-age=300")
			}
			say(w, http.StatusOK, map[string]any{"id": 1})
		case fault == "shows its query":
			say(w, http.StatusNotFound, map[string]any{"error": "sql: no rows: SELECT id FROM notes WHERE id = $1 LIMIT 1"})
		default:
			say(w, http.StatusNotFound, map[string]any{"error": "no such note"})
		}
	})
	return mux
}

// A single fault is one cause, of the rule that it breaks; a lobby without one has none.
func TestUnsoundLobby(t *testing.T) {
	unsound(t, lobbyDocument, lobbyEnv, faultyLobby, map[string]string{
		"lets caches keep it": "SHOULD HTTP-CACHE-001 GET /notes/{id} header Cache-Control",
		"shows its query":     "SHOULD LEAK-INTERNAL-001 GET /notes/{id} $.error",
	})
	unsound(t, strings.Replace(lobbyDocument, "{token: []}", "{session: []}", 1), lobbyEnv, faultyLobby, map[string]string{
		"reads the first cookie alone": "SHOULD AUTH-SESSION-003 GET /notes/{id} status",
	})
}
