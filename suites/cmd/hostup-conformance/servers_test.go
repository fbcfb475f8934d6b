package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites/internal/embedded"
)

// target starts a server for the scripts. It sets the variables for a run against it,
// except credentials that are already set.
func target(ts *testscript.TestScript, _ bool, args []string) {
	reference, err := refserver.New(refserver.Config{})
	ts.Check(err)
	var handler http.Handler = reference
	switch args[0] {
	case "clean":
	case "broken":
		handler = broken(reference)
	case "echo":
		handler = http.HandlerFunc(echo)
	case "mirror":
		handler = mirror()
	case "deaf": // knows no path
		handler = http.NotFoundHandler()
	default:
		ts.Fatalf("unknown target %s", args[0])
	}
	server := httptest.NewServer(handler)
	ts.Defer(server.Close)
	ts.Setenv("HOSTUP_BASE_URL", server.URL)
	if ts.Getenv("HOSTUP_SAFETY") == "" {
		ts.Setenv("HOSTUP_SAFETY", "pay") // it loses no money
	}
	if args[0] == "clean" || args[0] == "broken" {
		given(ts, reference)
	}
}

// given sets the credentials and data of a reference server, but not its address and
// safety tier.
func given(ts *testscript.TestScript, reference *refserver.Server) {
	listening, err := embedded.Listen("127.0.0.1:0", reference)
	ts.Check(err)
	ts.Defer(func() { listening.Close() })
	for _, line := range listening.Environ() {
		if name, value, _ := strings.Cut(line, "="); name != "HOSTUP_BASE_URL" && name != "HOSTUP_SAFETY" {
			ts.Setenv(name, value)
		}
	}
}

// broken is a reference server whose list of cards is an object.
func broken(server http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(answer.Code)
		if r.Method == http.MethodGet && r.URL.Path == "/api/v2/billing/cards" && answer.Code == http.StatusOK {
			fmt.Fprint(w, `{"cards":[]}`)
			return
		}
		w.Write(answer.Body.Bytes())
	})
}

// echo returns to every client its request, including credentials, at several locations.
func echo(w http.ResponseWriter, r *http.Request) {
	var sent []string
	for name, values := range r.Header {
		sent = append(sent, name+": "+strings.Join(values, ", "))
	}
	all := strings.Join(sent, "\n")
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Echo", strings.ReplaceAll(all, "\n", " | "))
	w.WriteHeader(http.StatusTeapot)
	json.NewEncoder(w).Encode(map[string]any{
		"code": all, "title": r.Header.Get("Authorization"), "detail": r.Header.Get("X-Api-Key") + r.Header.Get("Cookie"),
		"status": all, "type": r.URL.String(), "errors": []string{all},
	})
}
