package suites_test

import (
	"io"
	"net/http"
	"testing"
)

const headDocument = `
openapi: 3.1.0
info: {title: Heads, version: "1"}
paths:
  /status:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: object}}}}}}
    head: {responses: {"200": {description: ok}}}
  /news:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: object}}}}}}
`

// A documented HEAD that is not there is told where GET of the same path is.
func TestUnsoundHead(t *testing.T) {
	unsound(t, headDocument, nil, func(fault string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.Method == http.MethodHead && r.URL.Path == "/news" && fault == "has a body for HEAD":
				conn, _, err := http.NewResponseController(w).Hijack()
				if err == nil {
					io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
					conn.Close()
				}
			case r.URL.Path != "/status" && r.URL.Path != "/news" && r.URL.Path != "/", r.Method == http.MethodHead && fault == "has no HEAD":
				http.NotFound(w, r)
			case r.Method != http.MethodGet && r.Method != http.MethodHead:
				w.Header().Set("Allow", "GET, HEAD")
				w.WriteHeader(http.StatusMethodNotAllowed)
			default:
				w.Header().Set("Content-Type", "application/json")
				io.WriteString(w, "{}")
			}
		})
	}, map[string]string{
		"has no HEAD":         "SHOULD HTTP-HEAD-001 HEAD /status status",
		"has a body for HEAD": "MUST HTTP-EMPTY-001 HEAD /news body",
	})
}
