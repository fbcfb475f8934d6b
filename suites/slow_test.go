package suites_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// Whoever insists on testing a slow target is told before the first spec how long that
// takes.
func TestSlowTargetSaysHowLong(t *testing.T) {
	const text = `openapi: 3.0.3
info: {title: slow, version: '1'}
paths:
  /a: {get: {responses: &array {"200": {description: ok, content: {application/json: {schema: {type: array}}}}}}}
  /b: {get: {responses: *array}}
  /c: {get: {responses: *array}}
  /d: {get: {responses: *array}}
`
	c, err := packs.LoadText("slow.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	const limit = time.Second
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-time.After(limit * 6 / 10)
		if len(r.URL.Path) != len("/a") {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `[]`)
	}))
	defer server.Close()
	cfg, err := settings.Load(nil, []string{"HOSTUP_BASE_URL=" + server.URL, "HOSTUP_KEEP_GOING=true", "HOSTUP_REQUEST_TIMEOUT=1s", "HOSTUP_MAX_REQUESTS=20", "HOSTUP_CONCURRENCY=10"}, "")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c, OnNotice: func(text string) { told = append(told, text) }})
	if err != nil || run == nil {
		t.Fatal(err)
	}
	for _, want := range []string{"tested with --keep-going, although the target is too slow", "; a thousand requests take 1m", "or more, 10 at a time (--concurrency)"} {
		if len(told) != 1 || !strings.Contains(told[0], want) {
			t.Errorf("told %q, want %q", told, want)
		}
	}
}
