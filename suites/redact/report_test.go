package redact_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/internal/targettest"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

func TestReport(t *testing.T) {
	ex := exchange("POST", "http://x.test/a?b=c", []byte("b\xff\xfe€"), "X-B", "2", "X-B", "1")
	ex.ID, ex.Operation, ex.Duration = "x0001", "op", time.Second
	ex.Response = &spec.Response{
		Status: 299, Proto: "HTTP/1.1", Header: http.Header{"Zeta": {"\xe9"}, "Alpha": {"a"}},
		Body: bytes.Repeat([]byte("€"), 3000), ReadFailure: "connection closed after 9000 of 9001 declared bytes",
	}
	got := config.Config{}.Redactor().Report(ex, "a / b")
	if got.Curl == "" {
		t.Error("no command")
	}
	got.Curl = ""
	want := reporters.Exchange{
		ID: "x0001", Spec: "a / b", Operation: "op", Duration: time.Second,
		Failure: "reading the body: connection closed after 9000 of 9001 declared bytes",
		Request: reporters.Message{
			Line:    "POST /a?b=c HTTP/1.1",
			Headers: []reporters.Header{{Name: "Accept", Value: "*/*"}, {Name: "Host", Value: "x.test"}, {Name: "User-Agent", Value: "u"}, {Name: "X-B", Value: "2"}, {Name: "X-B", Value: "1"}},
			Body:    `b\xff\xfe€`, Bytes: 6,
		},
		Response: &reporters.Message{
			Line:    "HTTP/1.1 299",
			Headers: []reporters.Header{{Name: "Alpha", Value: "a"}, {Name: "Zeta", Value: `\xe9`}},
			Body:    strings.Repeat("€", 8192/3), Bytes: 9000, Cut: true,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A target that returns its requests: nothing that is stored or shown contains a secret,
// but made-up values are shown.
func TestCanaryInEveryArtefact(t *testing.T) {
	base := targettest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Debug", r.Header.Get("Authorization")+r.URL.String())
		w.Header().Set("Set-Cookie", "hostup_session="+targettest.CanarySession)
		w.WriteHeader(500)
		r.Write(w)
	})
	c := targettest.Client(t, targettest.Config(base))
	r := c.Redactor()
	places := []request.Place{request.Bearer, request.APIKey, request.Cookie, request.Basic, request.Bare, request.OtherToken, request.Query}
	secrets := map[request.Secret]string{request.FullKey: targettest.Canary, request.Session: targettest.CanarySession}
	var all sync.WaitGroup
	for _, place := range places {
		for secret := range secrets {
			all.Add(1)
			go func() {
				defer all.Done()
				ex := c.Do(context.Background(), "x", targettest.Get("/").WithAuth(request.Auth{Place: place, Secret: secret}), "")
				if len(ex.Response.Body) == 0 {
					t.Error("no echo")
				}
				kept := r.Exchange(ex)
				artefact, err := json.Marshal([]any{kept, r.Report(ex, "s", "-k"), r.Report(kept, "s", "-k")})
				if err != nil {
					t.Error(err)
				}
				for _, text := range []string{string(artefact), fmt.Sprintf("%+v %+v %s", kept, kept.Response, kept.Response.Body), r.Curl(ex), kept.Request.URL.String()} {
					for name, s := range spellings(secrets[secret]) {
						if strings.Contains(text, s) {
							t.Errorf("%s at %s: spelling %s survives in %s", secret, place, name, text)
						}
					}
				}
				if !strings.Contains(r.Curl(ex), "$"+settings.Names().Variable(string(secret))) {
					t.Errorf("the command lacks the variable: %s", r.Curl(ex))
				}
			}()
		}
	}
	all.Wait()
	for _, place := range places {
		ex := c.Do(context.Background(), "x", targettest.Get("/").WithAuth(request.Auth{Place: place, Literal: "not-a-key"}), "")
		if got := r.Curl(ex); strings.Contains(got, "redacted") {
			t.Errorf("a made-up credential is hidden: %s", got)
		}
	}
}

// TestReportLongBody: only the beginning of a body of megabytes is searched, and a secret
// at the cut is not shown.
func TestReportLongBody(t *testing.T) {
	c := targettest.Client(t, targettest.Config("http://127.0.0.1:1"))
	r := c.Redactor()
	// Values under secret names shrink to a few bytes each, so that the text after them
	// is shown.
	long := `{"password":"` + strings.Repeat("p", 60_000) + `","token":"` + strings.Repeat("t", 70_900) + `",`
	for before := 131_072 - len(targettest.Canary) - len(long) - 8; before < 131_080-len(long); before++ {
		body := long + strings.Repeat(" ", before) + targettest.Canary + strings.Repeat("x", 1<<20)
		ex := spec.Exchange{ID: "x1", Request: spec.Request{Method: "GET"}, Response: &spec.Response{Proto: "HTTP/1.1", Status: 200, Body: []byte(body)}}
		shown := r.Report(ex, "s").Response
		if strings.Contains(shown.Body, targettest.Canary[:5]) || strings.Contains(shown.Body, "pppp") || strings.Contains(shown.Body, "tttt") {
			t.Fatalf("with %d bytes before it, a secret is shown: %q", before, shown.Body)
		}
		if !strings.HasPrefix(shown.Body, `{"password":"‹redacted password›"`) && shown.Body != "" || !shown.Cut || shown.Bytes != len(body) {
			t.Fatalf("cut %v of %d bytes: %.60q", shown.Cut, shown.Bytes, shown.Body)
		}
	}
	page := strings.Repeat(`{"id":"txn_1"},`, 1<<16)
	ex := spec.Exchange{ID: "x2", Request: spec.Request{Method: "GET"}, Response: &spec.Response{Proto: "HTTP/1.1", Status: 200, Body: []byte(page)}}
	if shown := r.Report(ex, "s").Response; len(shown.Body) != 8<<10 || !strings.HasPrefix(page, shown.Body) {
		t.Errorf("%d bytes are shown, want the first 8 KiB", len(shown.Body))
	}
}
