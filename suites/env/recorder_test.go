package env_test

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

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/fixtures/request"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

func TestReport(t *testing.T) {
	ex := exchange("POST", "http://x.test/a?b=c", []byte("b\xff\xfe€"), "X-B", "2", "X-B", "1")
	ex.ID, ex.Operation, ex.Duration = "x0001", "op", time.Second
	ex.Response = &spec.Response{
		Status: 299, Proto: "HTTP/1.1", Header: http.Header{"Zeta": {"\xe9"}, "Alpha": {"a"}},
		Body: bytes.Repeat([]byte("€"), 3000), ReadFailure: "connection closed after 9000 of 9001 declared bytes",
	}
	got := env.Report(ex, "a / b")
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

func TestRecorder(t *testing.T) {
	redactor := env.NewRedactor(env.Config{APIKey: canary})
	r := env.NewRecorder(redactor, env.RecorderOptions{
		Process: 2, Procs: 3, OperationName: func(id string) string { return "GET /" + id },
	})
	if a, b := r.NextID(), r.NextID(); a != "p2-x0001" || b != "p2-x0002" {
		t.Error(a, b)
	}
	if id := env.NewRecorder(redactor, env.RecorderOptions{}).NextID(); id != "x0001" {
		t.Error(id)
	}
	ex := exchange("GET", "http://x/", nil, "Authorization", "Bearer "+canary)
	ex.ID, ex.Operation, ex.Duration = "p2-x0001", "cards", 3*time.Millisecond
	ex.Response = &spec.Response{Status: 200, Body: bytes.Repeat([]byte("b"), 10<<10)}
	r.Record(ex)
	other := exchange("PUT", "http://x/", nil)
	other.ID, other.Failure, other.Duration = "p2-x0002", "connection reset before the response", time.Millisecond
	r.Record(other)
	unsent := exchange("GET", "http://x/", nil)
	unsent.ID, unsent.Failure = "p2-x0003", "not sent: x"
	r.Record(unsent)

	if kept, ok := r.Exchange("p2-x0001"); !ok || len(kept.Response.Body) != 10<<10 || strings.Contains(fmt.Sprint(kept), canary) {
		t.Error("the exchange is not kept whole and redacted")
	}
	r.Release("a / b", "p2-x0001", "unknown")
	if _, ok := r.Exchange("p2-x0001"); ok {
		t.Error("the exchange is still whole")
	}
	report, ok := r.Report("p2-x0001")
	if !ok || report.Spec != "a / b" || len(report.Response.Body) != 8<<10 || !report.Response.Cut || !strings.Contains(report.Curl, "$HOSTUP_API_KEY") {
		t.Errorf("%+v", report)
	}
	if _, ok := r.Report("p2-x0002"); !ok {
		t.Error("no report of an exchange that is not released")
	}
	r.Forget("p2-x0001", "p2-x0002")
	if _, ok := r.Report("p2-x0001"); ok {
		t.Error("not forgotten")
	}

	// Tallies pass through JSON on their way between processes.
	text, err := json.Marshal(r.Tallies())
	if err != nil {
		t.Fatal(err)
	}
	var worker []env.Tally
	if err := json.Unmarshal(text, &worker); err != nil {
		t.Fatal(err)
	}
	worker = append(worker, env.Tally{Operation: "GET /cards", Statuses: map[int]int{200: 1, 404: 1}, Durations: []time.Duration{1, 9 * time.Millisecond}})
	want := reporters.Traffic{Exchanges: 4, Operations: []reporters.OperationCount{
		{Operation: "GET /cards", Exchanges: 3, Statuses: map[int]int{200: 2, 404: 1}, Median: 3 * time.Millisecond, Slowest: 9 * time.Millisecond},
		{Operation: "PUT (no operation)", Exchanges: 1, Statuses: map[int]int{0: 1}, Median: time.Millisecond, Slowest: time.Millisecond},
	}}
	if diff := cmp.Diff(want, env.Traffic(worker...)); diff != "" {
		t.Error(diff)
	}
}

func TestRecorderIsBounded(t *testing.T) {
	r := env.NewRecorder(env.NewRedactor(env.Config{}), env.RecorderOptions{})
	for range 5000 {
		ex := exchange("GET", "http://x/", nil)
		ex.ID = r.NextID()
		r.Record(ex)
		r.Release("s", ex.ID)
	}
	if _, ok := r.Report("x0904"); ok {
		t.Error("the oldest is kept")
	}
	if _, ok := r.Report("x0905"); !ok {
		t.Error("the last 4096 are not kept")
	}
	if n := env.Traffic(r.Tallies()...).Exchanges; n != 5000 {
		t.Error(n)
	}
}

// A target that shows what it got: nothing that is kept or shown has a secret,
// and what a request made up is shown.
func TestCanaryInEveryArtefact(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Debug", r.Header.Get("Authorization")+r.URL.String())
		w.Header().Set("Set-Cookie", "hostup_session="+canarySession)
		w.WriteHeader(500)
		r.Write(w)
	})
	c := client(t, config(base))
	rec := env.NewRecorder(c.Redactor(), env.RecorderOptions{CurlFlags: []string{"-k"}})
	places := []request.Place{request.Bearer, request.APIKey, request.Cookie, request.Basic, request.Bare, request.OtherToken, request.Query}
	secrets := map[request.Secret]string{request.FullKey: canary, request.Session: canarySession}
	var all sync.WaitGroup
	for _, place := range places {
		for secret := range secrets {
			all.Add(1)
			go func() {
				defer all.Done()
				ex := c.Do(context.Background(), rec.NextID(), get("/").WithAuth(request.Auth{Place: place, Secret: secret}), "")
				if len(ex.Response.Body) == 0 {
					t.Error("no echo")
				}
				kept := rec.Record(ex)
				shown := rec.Show(ex, "s")
				rec.Release("s", ex.ID)
				report, _ := rec.Report(ex.ID)
				artefact, err := json.Marshal([]any{kept, shown, report, rec.Tallies()})
				if err != nil {
					t.Error(err)
				}
				for _, text := range []string{string(artefact), fmt.Sprintf("%+v %+v %s", kept, kept.Response, kept.Response.Body), env.Curl(kept), kept.Request.URL.String()} {
					for name, s := range spellings(secrets[secret]) {
						if strings.Contains(text, s) {
							t.Errorf("%s at %s: spelling %s survives in %s", secret, place, name, text)
						}
					}
				}
				if !strings.Contains(env.Curl(kept), "$"+string(secret)) {
					t.Errorf("the command lacks the variable: %s", env.Curl(kept))
				}
			}()
		}
	}
	all.Wait()
	for _, place := range places {
		ex := rec.Record(c.Do(context.Background(), rec.NextID(), get("/").WithAuth(request.Auth{Place: place, Literal: "not-a-key"}), ""))
		if got := env.Curl(ex); strings.Contains(got, "redacted") {
			t.Errorf("a made-up credential is hidden: %s", got)
		}
	}
}

// TestShowLongBody: of a body of megabytes only the beginning is looked at, and a
// secret is not shown wherever that ends.
func TestShowLongBody(t *testing.T) {
	c := client(t, config("http://127.0.0.1:1"))
	rec := env.NewRecorder(c.Redactor(), env.RecorderOptions{})
	// Values under secret names shrink to a few bytes each, so that what comes
	// after them is shown.
	long := `{"password":"` + strings.Repeat("p", 60_000) + `","token":"` + strings.Repeat("t", 70_900) + `",`
	for before := 131_072 - len(canary) - len(long) - 8; before < 131_080-len(long); before++ {
		body := long + strings.Repeat(" ", before) + canary + strings.Repeat("x", 1<<20)
		ex := spec.Exchange{ID: "x1", Request: spec.Request{Method: "GET"}, Response: &spec.Response{Proto: "HTTP/1.1", Status: 200, Body: []byte(body)}}
		shown := rec.Show(ex, "s").Response
		if strings.Contains(shown.Body, canary[:5]) || strings.Contains(shown.Body, "pppp") || strings.Contains(shown.Body, "tttt") {
			t.Fatalf("with %d bytes before it, a secret is shown: %q", before, shown.Body)
		}
		if !strings.HasPrefix(shown.Body, `{"password":"‹redacted password›"`) && shown.Body != "" || !shown.Cut || shown.Bytes != len(body) {
			t.Fatalf("cut %v of %d bytes: %.60q", shown.Cut, shown.Bytes, shown.Body)
		}
	}
	page := strings.Repeat(`{"id":"txn_1"},`, 1<<16)
	ex := spec.Exchange{ID: "x2", Request: spec.Request{Method: "GET"}, Response: &spec.Response{Proto: "HTTP/1.1", Status: 200, Body: []byte(page)}}
	if shown := rec.Show(ex, "s").Response; len(shown.Body) != 8<<10 || !strings.HasPrefix(page, shown.Body) {
		t.Errorf("%d bytes are shown, want the first 8 KiB", len(shown.Body))
	}
}
