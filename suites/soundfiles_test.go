package suites_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

const (
	fileSession = "session-77aa88bb99cc"
	fileApp     = "app-key-112233445566"

	filesDocument = `
openapi: 3.1.0
info: {title: Files, version: "1"}
paths:
  /files:
    get:
      security: [{sid: [], app: []}]
      responses: {"200": {description: ok, content: {application/x-ndjson: {schema: {type: object, required: [id, size], properties: {id: {type: string}, size: {type: integer}}}}}}}
    post:
      security: [{sid: [], app: []}]
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [file, label], properties: {file: {type: string, contentMediaType: application/octet-stream}, label: {type: string}}}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}}}}}}, "400": {description: wrong}}
  /files/{id}/content:
    servers: [{url: /up}]
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {security: [{app: []}, {}], responses: {"200": {description: ok, content: {application/octet-stream: {}}}, "404": {description: none}}}
    put:
      security: [{app: []}]
      requestBody: {required: true, content: {application/octet-stream: {}}}
      responses: {"204": {description: kept}, "404": {description: none}}
  /report.csv:
    get: {responses: {"200": {description: ok, content: {text/csv: {schema: {type: array, items: {type: object, required: [month, total], properties: {month: {type: string}, total: {type: number}}}}}}}}}
  /report.xml:
    get: {responses: {"200": {description: ok, content: {application/xml: {schema: {type: object, xml: {name: report}, required: [month], properties: {month: {type: array, items: {type: object, required: [name], properties: {name: {type: string, xml: {attribute: true}}, total: {type: number}}}}}}}}}}}
  /colors/{colors}:
    get:
      parameters: [{name: colors, in: path, required: true, style: matrix, explode: true, schema: {type: array, minItems: 1, items: {type: string, enum: [red, blue]}}}]
      responses: {"200": {description: ok, headers: {X-Colors: {required: true, schema: {type: array, items: {type: string}}}}}, "404": {description: none}}
  /login:
    post:
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, required: [user, password], properties: {user: {type: string, example: ada}, password: {type: string, format: password, example: lovelace}}}}}}
      responses: {"204": {description: in, headers: {Set-Cookie: {required: true, schema: {type: string}}}}, "400": {description: wrong}, "403": {description: no}}
components:
  securitySchemes: {sid: {type: apiKey, in: cookie, name: sid}, app: {type: apiKey, in: query, name: app_key}}
`
)

// files requires two credentials together for some operations, and checks whether a
// resource exists before it requires any.
type files struct {
	mu   sync.Mutex
	kept map[string]string
}

func newFiles() http.Handler { return &files{kept: map[string]string{"f0": "text\n"}} }

func (s *files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sid, err := r.Cookie("sid")
	app := r.URL.Query().Get("app_key") == fileApp
	both := app && err == nil && sid.Value == fileSession
	id, content := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/up/files/"), "/content")
	content = content && strings.HasPrefix(r.URL.Path, "/up/files/")
	route := r.Method + " " + r.URL.Path
	if content {
		route = r.Method + " content"
	} else if strings.HasPrefix(r.URL.Path, "/colors/") {
		route = r.Method + " colors"
	}
	known := map[string]bool{}
	for _, list := range []string{"GET /files", "POST /files", "GET content", "PUT content", "GET /report.csv", "GET /report.xml", "GET colors", "POST /login"} {
		known[list] = true
	}
	text, exists := s.kept[id]
	switch {
	case content && !exists:
		w.WriteHeader(404)
	case !known[route]:
		var allowed []string
		for _, method := range []string{"GET", "POST", "PUT"} {
			if known[method+strings.TrimPrefix(route, r.Method)] {
				allowed = append(allowed, method)
			}
		}
		if len(allowed) == 0 {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		http.Error(w, "no such method", http.StatusMethodNotAllowed)
	case strings.HasSuffix(route, " /files") && !both, route == "PUT content" && !app:
		http.Error(w, "no", http.StatusUnauthorized)
	case route == "GET content":
		reply(w, 200, "application/octet-stream", text)
	case route == "PUT content":
		body, _ := io.ReadAll(r.Body)
		s.kept[id] = string(body)
		w.WriteHeader(204)
	default:
		s.rest(w, r, route)
	}
}

func (s *files) rest(w http.ResponseWriter, r *http.Request, route string) {
	switch route {
	case "GET /files":
		var lines strings.Builder
		for id, text := range s.kept {
			fmt.Fprintf(&lines, "{\"id\":%q,\"size\":%d}\n", id, len(text))
		}
		reply(w, 200, "application/x-ndjson", lines.String())
	case "POST /files":
		file, _, err := r.FormFile("file")
		if err != nil || r.FormValue("label") == "" {
			w.WriteHeader(400)
			return
		}
		body, _ := io.ReadAll(file)
		id := fmt.Sprintf("f%d", len(s.kept))
		s.kept[id] = string(body)
		reply(w, 201, "application/json", map[string]any{"id": id})
	case "GET /report.csv":
		reply(w, 200, "text/csv; charset=utf-8", "month,total\r\n\"Jan, early\",2.50\r\nFeb,\r\n")
	case "GET /report.xml":
		reply(w, 200, "application/xml", `<?xml version="1.0"?><report><month name="Jan"><total>2.50</total></month><month name="Feb"/></report>`)
	case "GET colors":
		var colors []string
		for part := range strings.SplitSeq(strings.TrimPrefix(r.URL.Path, "/colors/;"), ";") {
			color, ok := strings.CutPrefix(part, "colors=")
			if !ok || color != "red" && color != "blue" {
				w.WriteHeader(404)
				return
			}
			colors = append(colors, color)
		}
		w.Header().Set("X-Colors", strings.Join(colors, ", "))
		w.WriteHeader(200)
	case "POST /login":
		switch {
		case r.FormValue("user") == "" || r.FormValue("password") == "":
			w.WriteHeader(400)
		case r.FormValue("password") != "lovelace":
			w.WriteHeader(403)
		default:
			w.Header().Add("Set-Cookie", "sid="+fileSession+"; HttpOnly")
			w.Header().Add("Set-Cookie", "theme=dark")
			w.WriteHeader(204)
		}
	}
}
