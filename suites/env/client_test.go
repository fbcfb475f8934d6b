package env_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
)

const (
	canary        = "hup_live_canary+/0123456789abcdef"
	canarySession = "s3ssion.canary-%7E~zyxwvu"
)

func config(base string) env.Config {
	cfg := env.Default()
	cfg.BaseURL = base
	cfg.APIKey = canary
	cfg.Session = canarySession
	cfg.Safety = env.Pay
	cfg.RequestTimeout = 5 * time.Second // never reached, except where a test waits for it
	return cfg
}

func client(t *testing.T, cfg env.Config, opts ...env.Option) *env.Client {
	t.Helper()
	c, err := env.NewClient(cfg, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func get(path string) request.Request { return request.Request{Method: "GET", Path: path} }

func TestDoExchange(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Echo", r.Header.Get("User-Agent"))
		w.WriteHeader(201)
		w.Write(append([]byte("got "), body...))
	})
	c := client(t, config(base), env.WithVersion("1.2.3"))
	before := time.Now()
	ex := c.Do(context.Background(), "x0007", request.Request{
		Operation: "op", Method: "POST", Path: "/api/x", Query: "a=1", Body: []byte("{}"), Effect: spec.Writes,
		Header: http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}},
		Auth:   request.Auth{Place: request.Bearer, Secret: request.FullKey},
	}, "ACT-PAGE-003, (ACT)")
	if ex.Failure != "" || ex.ID != "x0007" || ex.Operation != "op" {
		t.Fatalf("%+v", ex)
	}
	wantHeader := http.Header{
		"Accept": {"application/json"}, "Content-Type": {"application/json"},
		"Authorization": {"Bearer " + canary}, "User-Agent": {"hostup-conformance/1.2.3 (ACT-PAGE-003, ACT)"},
	}
	if diff := cmp.Diff(wantHeader, ex.Request.Header); diff != "" {
		t.Error(diff)
	}
	if got := ex.Request.URL.String(); got != base+"/api/x?a=1" {
		t.Error(got)
	}
	r := ex.Response
	if r.Status != 201 || string(r.Body) != "got {}" || r.Length != 6 || r.Proto != "HTTP/1.1" || r.ReadFailure != "" || r.Header.Get("X-Echo") != wantHeader.Get("User-Agent") {
		t.Errorf("%+v", r)
	}
	if ex.Request.Sent.Before(before) || r.Received.Before(ex.Request.Sent) || ex.Duration != r.Received.Sub(ex.Request.Sent) {
		t.Error("times", ex.Request.Sent, r.Received, ex.Duration)
	}
}

// What is on the wire, with the credential in each place.
func TestDoAuth(t *testing.T) {
	var got *http.Request
	base := serve(t, func(w http.ResponseWriter, r *http.Request) { got = r })
	c := client(t, config(base))
	for _, test := range []struct {
		auth         request.Auth
		header, want string
	}{
		{request.Auth{}, "Authorization", ""},
		{request.Auth{Place: request.Bearer, Secret: request.FullKey}, "Authorization", "Bearer " + canary},
		{request.Auth{Place: request.OtherToken, Literal: "x"}, "Authorization", "Token x"},
		{request.Auth{Place: request.Bare, Secret: request.FullKey}, "Authorization", canary},
		{request.Auth{Place: request.Bearer}, "Authorization", "Bearer"},
		{request.Auth{Place: request.Basic, Literal: "k"}, "Authorization", "Basic azo="},
		{request.Auth{Place: request.APIKey, Secret: request.FullKey}, "X-API-Key", canary},
		{request.Auth{Place: request.Cookie, Secret: request.Session}, "Cookie", "hostup_session=" + canarySession},
	} {
		ex := c.Do(context.Background(), "", get("/").WithAuth(test.auth), "")
		if ex.Failure != "" || got.Header.Get(test.header) != test.want || ex.Request.Header.Get(test.header) != test.want {
			t.Errorf("%+v: sent %q, recorded %q, failure %q", test.auth, got.Header.Get(test.header), ex.Request.Header.Get(test.header), ex.Failure)
		}
	}
	ex := c.Do(context.Background(), "", get("/").WithRawQuery("a=b").WithAuth(request.Auth{Place: request.Query, Secret: request.FullKey}), "")
	if want := "a=b&api_key=hup_live_canary%2B%2F0123456789abcdef"; got.URL.RawQuery != want || ex.Request.URL.RawQuery != want {
		t.Errorf("sent %s, recorded %s", got.URL.RawQuery, ex.Request.URL.RawQuery)
	}
}

// The request line has the bytes of the path, and the exchange gives them back.
func TestDoExactTarget(t *testing.T) {
	lines := make(chan string, 1)
	base := raw(t, func(c conn) {
		line := c.line()
		c.rest()
		lines <- line
		c.write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
	})
	c := client(t, config(base))
	for _, path := range []string{
		"/api/x", "//api/x", "///", "/api/../x", "/api/./x/", "/api%2Fx", "/api%2fx", "/%61pi", "/a%20b", "/a;b=c,d", "/a:b@c", "*",
		"/ü", "/%zz", "/%", "/a\"b<c>", "/{id}", "/a[0]", "/a|b^c`", "/a#b", "/%C3%BC", "/a\\b", "/\xff",
	} {
		ex := c.Do(context.Background(), "", get(path).WithRawQuery("q=%zz&ü=[1]&a+b"), "")
		if ex.Failure != "" {
			t.Errorf("%q: %s", path, ex.Failure)
			continue
		}
		want := "GET " + path + "?q=%zz&ü=[1]&a+b HTTP/1.1"
		if got := <-lines; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
		if got := env.NewRedactor(env.Config{}).Report(ex, "").Request.Line; strings.ToValidUTF8(got, "") != strings.ToValidUTF8(want, "") {
			t.Errorf("reported %q, want %q", got, want)
		}
	}
}

func TestNotSent(t *testing.T) {
	var hits atomic.Int32
	base := serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	cfg := config(base)
	cfg.Safety = env.ReadOnly
	c := client(t, cfg)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for name, test := range map[string]struct {
		req  request.Request
		want string
	}{
		"write":        {request.Request{Method: "POST", Path: "/", Effect: spec.Writes}, `not sent: its effect is "write", above --safety read-only`},
		"pay":          {request.Request{Method: "GET", Path: "/", Effect: spec.Charges}, `not sent: its effect is "money", above --safety read-only`},
		"unknown":      {request.Request{Method: "POST", Path: "/"}, `not sent: its effect is "", above --safety read-only`},
		"no secret":    {get("/").WithAuth(request.Auth{Place: request.Bearer, Secret: request.ReadOnlyKey}), "not sent: it needs HOSTUP_READONLY_API_KEY, which is not set"},
		"space":        {get("/a b"), "not sent: a space or control character cannot be written in a request line: escape it"},
		"relative":     {get("x.test/"), `not sent: the path "x.test/" does not begin with a slash`},
		"method":       {request.Request{Method: "A B", Path: "/", Effect: spec.Reads}, `not sent: method "A B" cannot be sent`},
		"header":       {get("/").WithHeader("X-A", "a\nb"), `not sent: header "X-A" cannot be written as HTTP`},
		"length":       {get("/").WithHeader("Content-Length", "7"), "not sent: header Content-Length cannot be chosen, the body decides it"},
		"credential":   {get("/").WithAuth(request.Auth{Place: request.Bearer, Literal: "a\x00b"}), `not sent: header "Authorization" cannot be written as HTTP`},
		"empty method": {request.Request{Path: "/", Effect: spec.Reads}, `not sent: method "" cannot be sent`},
		"zero":         {request.Request{}, `not sent: its effect is "", above --safety read-only`},
	} {
		ex := c.Do(context.Background(), "", test.req, "")
		if ex.Failure != test.want || !env.NotSent(ex) || env.Unreachable(ex) || ex.Response != nil {
			t.Errorf("%s: got %q, want %q", name, ex.Failure, test.want)
		}
	}
	if ex := c.Do(cancelled, "", get("/"), ""); ex.Failure != "interrupted before the response" {
		t.Error(ex.Failure)
	}
	cfg.RPS = 0.001
	if ex := client(t, cfg).Do(cancelled, "", get("/"), ""); ex.Failure != "not sent: interrupted while waiting for --rps" {
		t.Error(ex.Failure)
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestRPSIsDividedAmongProcesses(t *testing.T) {
	base := serve(t, func(http.ResponseWriter, *http.Request) {})
	cfg := config(base)
	cfg.RPS, cfg.Procs = 100, 4 // 40 ms between requests of this process
	c := client(t, cfg)
	start := time.Now()
	for range 4 {
		c.Do(context.Background(), "", get("/"), "")
	}
	if took := time.Since(start); took < 100*time.Millisecond {
		t.Errorf("4 requests took %v", took)
	}
}

// No credential, and no request at all, goes where a redirect points.
func TestDoFollowsNoRedirect(t *testing.T) {
	var hits atomic.Int32
	other := serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "a=b")
		http.Redirect(w, r, other+"/x", http.StatusTemporaryRedirect)
	})
	c := client(t, config(base))
	for range 2 {
		ex := c.Do(context.Background(), "", get("/").WithAuth(request.Auth{Place: request.APIKey, Secret: request.FullKey}), "")
		if ex.Response == nil || ex.Response.Status != 307 || ex.Response.Header.Get("Location") != other+"/x" {
			t.Errorf("%+v", ex)
		}
		if ex.Request.Header.Get("Cookie") != "" {
			t.Error("a cookie of the target was kept")
		}
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("%d requests followed", n)
	}
}

func TestContentEncoding(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write([]byte("plain text"))
	z.Close()
	cut := zipped.Bytes()[:zipped.Len()-9]
	for _, test := range []struct {
		coding, accept string
		body           []byte
		want, failure  string
	}{
		{"gzip", "", zipped.Bytes(), "plain text", ""},
		{"GZIP", "gzip", zipped.Bytes(), "plain text", ""},
		{"identity", "", []byte("x"), "x", ""},
		{"gzip", "", nil, "", ""},
		{"gzip", "", []byte("no"), "no", "body is not gzip as Content-Encoding says"},
		{"gzip", "", cut, "plain text", "gzip data ends early, after 10 bytes"},
		{"br", "", []byte("x"), "x", "content encoding br was not asked for"},
		{"br", "gzip, br", []byte("x"), "x", "content encoding br cannot be decoded here"},
	} {
		base := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if got := r.Header.Get("Accept-Encoding"); got != test.accept {
				t.Errorf("Accept-Encoding %q", got)
			}
			w.Header().Set("Content-Encoding", test.coding)
			w.Write(test.body)
		})
		req := get("/")
		if test.accept != "" {
			req = req.WithHeader("Accept-Encoding", test.accept)
		}
		ex := client(t, config(base)).Do(context.Background(), "", req, "")
		if string(ex.Response.Body) != test.want || ex.Response.ReadFailure != test.failure {
			t.Errorf("%s: %q, %q", test.coding, ex.Response.Body, ex.Response.ReadFailure)
		}
		if ex.Response.Length != int64(len(test.body)) {
			t.Errorf("%s: length %d", test.coding, ex.Response.Length)
		}
	}
}

func TestContentLengthOfRequests(t *testing.T) {
	heads := make(chan string, 1)
	base := raw(t, func(c conn) {
		head := c.rest()
		heads <- head
		c.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	})
	c := client(t, config(base))
	for _, test := range []struct {
		method string
		body   []byte
		want   string
	}{
		{"GET", nil, ""}, {"POST", nil, "0"}, {"POST", []byte{}, "0"}, {"DELETE", nil, ""}, {"DELETE", []byte{}, "0"}, {"PATCH", []byte("abc"), "3"},
	} {
		c.Do(context.Background(), "", request.Request{Method: test.method, Path: "/", Body: test.body, Effect: spec.Writes}, "")
		got := ""
		for line := range strings.SplitSeq(<-heads, "\r\n") {
			if v, ok := strings.CutPrefix(line, "Content-Length: "); ok {
				got = v
			}
		}
		if got != test.want {
			t.Errorf("%s with body %v: length %q, want %q", test.method, test.body, got, test.want)
		}
	}
}
