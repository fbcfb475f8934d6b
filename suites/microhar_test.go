package suites_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hostup/api-conformance/fixtures/micro"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// The findings for a response are the same in its recording, by a recorder that keeps
// bytes and by one that keeps text and the headers of compressed bodies.
func TestMicroRecordings(t *testing.T) {
	for _, s := range micro.Schemas() {
		answers := []micro.Answer{}
		for _, body := range slices.Concat(s.Valid, s.Invalid) {
			answers = append(answers, micro.Answer{Send: "GET /x", Status: 200, Body: body})
		}
		t.Run(s.Name, func(t *testing.T) { sameVerdicts(t, s.Document(), answers) })
	}
	for _, d := range micro.Documents() {
		t.Run(d.Name, func(t *testing.T) { sameVerdicts(t, d.YAML(), d.Answers) })
	}
}

func sameVerdicts(t *testing.T, document string, answers []micro.Answer) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "micro.yaml")
	if err := os.WriteFile(path, []byte(document), 0o644); err != nil {
		t.Fatal(err)
	}
	cfg := settings.Default()
	cfg.Spec = path
	contract, err := suites.Load(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		want := musts(directly(contract, a))
		if hidden(document, a) {
			want = "[]"
		}
		for _, recorder := range []func(micro.Answer) string{bytesEntry, textEntry} {
			entry := recorder(a)
			if entry == "" {
				continue
			}
			if got := recordedMusts(t, cfg, contract, entry); got != want {
				t.Errorf("%s %d %s %q breaks %s, recorded %s:\n%s", a.Send, a.Status, a.Fields(), a.Body, want, got, entry)
			}
		}
	}
}

// hidden reports whether a recording cannot show the violation: browsers do not export
// bodies that HTTP does not allow, or cookies.
func hidden(document string, a micro.Answer) bool {
	bodiless := a.Method() == http.MethodHead || a.Status == http.StatusNoContent
	return bodiless && a.Body != "" || strings.Contains(document, "Set-Cookie") && !strings.Contains(a.Header, "Set-Cookie")
}

func directly(c *spec.Contract, a micro.Answer) []spec.Finding {
	u, _ := url.Parse("https://api.example.com" + a.Target())
	return c.Check(spec.Exchange{
		Request:  spec.Request{Method: a.Method(), URL: u, Header: http.Header{}},
		Response: &spec.Response{Status: a.Status, Header: a.Fields(), Body: []byte(a.Body), Length: int64(len(a.Body))},
	})
}

// musts returns the MUST requirements of findings, each once.
func musts(findings []spec.Finding) string {
	var ids []string
	for _, f := range findings {
		if f.Level == spec.Must {
			ids = append(ids, f.Requirement)
		}
	}
	slices.Sort(ids)
	return fmt.Sprint(slices.Compact(ids))
}

func recordedMusts(t *testing.T, cfg config.Config, c *spec.Contract, entry string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "micro.har")
	if err := os.WriteFile(path, []byte(`{"log":{"version":"1.2","entries":[`+entry+`]}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	run, err := suites.Verify(cfg, []string{path}, suites.Options{Contract: c})
	if errors.Is(err, suites.ErrNothingTested) && strings.Contains(err.Error(), "answered by a cache") { // 304
		return "[]"
	}
	if err != nil {
		t.Fatal(err)
	}
	var findings []spec.Finding
	for _, g := range run.Findings {
		findings = append(findings, g.First)
	}
	return musts(findings)
}

// bytesEntry returns a response as recorded by a tool that keeps bytes.
func bytesEntry(a micro.Answer) string {
	content := map[string]any{"size": len(a.Body), "mimeType": a.Fields().Get("Content-Type"), "text": base64.StdEncoding.EncodeToString([]byte(a.Body)), "encoding": "base64"}
	return microEntry(a, content, http.Header{"Content-Length": {strconv.Itoa(len(a.Body))}}, strings.Clone)
}

// textEntry returns a response as recorded by a browser, which decompresses bodies and
// writes header names in lower case; "" if the body is not text.
func textEntry(a micro.Answer) string {
	if !utf8.ValidString(a.Body) {
		return ""
	}
	content := map[string]any{"size": len(a.Body), "mimeType": "x-unknown", "text": a.Body}
	more := http.Header{"Content-Length": {"0"}}
	if a.Body != "" {
		more = http.Header{"Content-Length": {strconv.Itoa(len(a.Body) + 20)}, "Content-Encoding": {"gzip"}}
	}
	return microEntry(a, content, more, strings.ToLower)
}

func microEntry(a micro.Answer, content map[string]any, more http.Header, name func(string) string) string {
	headers := []any{}
	for _, h := range []http.Header{a.Fields(), more} {
		for field, values := range h {
			for _, v := range values {
				headers = append(headers, map[string]string{"name": name(field), "value": v})
			}
		}
	}
	text, _ := json.Marshal(map[string]any{
		"startedDateTime": "2026-04-01T12:00:00.000Z", "time": 5,
		"request":  map[string]any{"method": a.Method(), "url": "https://api.example.com" + a.Target(), "headers": []any{}},
		"response": map[string]any{"status": a.Status, "headers": headers, "content": content},
	})
	return string(text)
}
