package client_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites/internal/targettest"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

func TestDoExchange(t *testing.T) {
	base := targettest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Echo", r.Header.Get("User-Agent"))
		w.WriteHeader(201)
		w.Write(append([]byte("got "), body...))
	})
	c := targettest.Client(t, targettest.Config(base), client.WithVersion("1.2.3"))
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
		"Authorization": {"Bearer " + targettest.Canary}, "User-Agent": {"hostup-conformance/1.2.3 (ACT-PAGE-003, ACT)"},
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

// The bytes sent, with the credential in each place.
func TestDoAuth(t *testing.T) {
	var got *http.Request
	base := targettest.Serve(t, func(w http.ResponseWriter, r *http.Request) { got = r })
	c := targettest.Client(t, targettest.Config(base))
	for _, test := range []struct {
		auth         request.Auth
		header, want string
	}{
		{request.Auth{}, "Authorization", ""},
		{request.Auth{Place: request.Bearer, Secret: request.FullKey}, "Authorization", "Bearer " + targettest.Canary},
		{request.Auth{Place: request.OtherToken, Literal: "x"}, "Authorization", "Token x"},
		{request.Auth{Place: request.Bare, Secret: request.FullKey}, "Authorization", targettest.Canary},
		{request.Auth{Place: request.Bearer}, "Authorization", "Bearer"},
		{request.Auth{Place: request.Basic, Literal: "k"}, "Authorization", "Basic azo="},
		{request.Auth{Place: request.APIKey, Secret: request.FullKey}, "X-API-Key", targettest.Canary},
		{request.Auth{Place: request.Cookie, Secret: request.Session}, "Cookie", "hostup_session=" + targettest.CanarySession},
	} {
		ex := c.Do(context.Background(), "", targettest.Get("/").WithAuth(test.auth), "")
		if ex.Failure != "" || got.Header.Get(test.header) != test.want || ex.Request.Header.Get(test.header) != test.want {
			t.Errorf("%+v: sent %q, recorded %q, failure %q", test.auth, got.Header.Get(test.header), ex.Request.Header.Get(test.header), ex.Failure)
		}
	}
	ex := c.Do(context.Background(), "", targettest.Get("/").WithRawQuery("a=b").WithAuth(request.Auth{Place: request.Query, Secret: request.FullKey}), "")
	if want := "a=b&api_key=hup_live_canary%2B%2F0123456789abcdef"; got.URL.RawQuery != want || ex.Request.URL.RawQuery != want {
		t.Errorf("sent %s, recorded %s", got.URL.RawQuery, ex.Request.URL.RawQuery)
	}
}

// The request line has the bytes of the path, and so has the exchange.
func TestDoExactTarget(t *testing.T) {
	lines := make(chan string, 1)
	base := targettest.Raw(t, func(c targettest.Conn) {
		line := c.Line()
		c.Rest()
		lines <- line
		c.Say("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
	})
	c := targettest.Client(t, targettest.Config(base))
	for _, path := range []string{
		"/api/x", "//api/x", "///", "/api/../x", "/api/./x/", "/api%2Fx", "/api%2fx", "/%61pi", "/a%20b", "/a;b=c,d", "/a:b@c", "*",
		"/ü", "/%zz", "/%", "/a\"b<c>", "/{id}", "/a[0]", "/a|b^c`", "/a#b", "/%C3%BC", "/a\\b", "/\xff",
	} {
		ex := c.Do(context.Background(), "", targettest.Get(path).WithRawQuery("q=%zz&ü=[1]&a+b"), "")
		if ex.Failure != "" {
			t.Errorf("%q: %s", path, ex.Failure)
			continue
		}
		want := "GET " + path + "?q=%zz&ü=[1]&a+b HTTP/1.1"
		if got := <-lines; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
		if got := (config.Config{}).Redactor().Report(ex, "").Request.Line; strings.ToValidUTF8(got, "") != strings.ToValidUTF8(want, "") {
			t.Errorf("reported %q, want %q", got, want)
		}
	}
}

func TestNotSent(t *testing.T) {
	var hits atomic.Int32
	base := targettest.Serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	cfg := targettest.Config(base)
	cfg.Safety = config.ReadOnly
	c := targettest.Client(t, cfg)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for name, test := range map[string]struct {
		req  request.Request
		want string
	}{
		"write":        {request.Request{Method: "POST", Path: "/", Effect: spec.Writes}, `not sent: its effect is "write", above --safety read-only`},
		"pay":          {request.Request{Method: "GET", Path: "/", Effect: spec.Charges}, `not sent: its effect is "money", above --safety read-only`},
		"unknown":      {request.Request{Method: "POST", Path: "/"}, `not sent: its effect is "", above --safety read-only`},
		"no secret":    {targettest.Get("/").WithAuth(request.Auth{Place: request.Bearer, Secret: request.ReadOnlyKey}), "not sent: it needs HOSTUP_READONLY_API_KEY, which is not set"},
		"space":        {targettest.Get("/a b"), "not sent: a space or control character cannot be written in a request line: escape it"},
		"relative":     {targettest.Get("x.test/"), `not sent: the path "x.test/" does not begin with a slash`},
		"method":       {request.Request{Method: "A B", Path: "/", Effect: spec.Reads}, `not sent: method "A B" cannot be sent`},
		"header":       {targettest.Get("/").WithHeader("X-A", "a\nb"), `not sent: header "X-A" cannot be written as HTTP`},
		"length":       {targettest.Get("/").WithHeader("Content-Length", "7"), "not sent: header Content-Length cannot be chosen, the body decides it"},
		"credential":   {targettest.Get("/").WithAuth(request.Auth{Place: request.Bearer, Literal: "a\x00b"}), `not sent: header "Authorization" cannot be written as HTTP`},
		"empty method": {request.Request{Path: "/", Effect: spec.Reads}, `not sent: method "" cannot be sent`},
		"zero":         {request.Request{}, `not sent: its effect is "", above --safety read-only`},
	} {
		ex := c.Do(context.Background(), "", test.req, "")
		if ex.Failure != test.want || !client.NotSent(ex) || client.Unreachable(ex) || ex.Response != nil {
			t.Errorf("%s: got %q, want %q", name, ex.Failure, test.want)
		}
	}
	if ex := c.Do(cancelled, "", targettest.Get("/"), ""); ex.Failure != "interrupted before the response" {
		t.Error(ex.Failure)
	}
	cfg.RPS = 0.001
	if ex := targettest.Client(t, cfg).Do(cancelled, "", targettest.Get("/"), ""); ex.Failure != "not sent: interrupted while waiting for --rps" {
		t.Error(ex.Failure)
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestRPSIsDividedAmongProcesses(t *testing.T) {
	base := targettest.Serve(t, func(http.ResponseWriter, *http.Request) {})
	cfg := targettest.Config(base)
	cfg.RPS, cfg.Procs = 100, 4 // 40 ms between requests of this process
	c := targettest.Client(t, cfg)
	start := time.Now()
	for range 4 {
		c.Do(context.Background(), "", targettest.Get("/"), "")
	}
	if took := time.Since(start); took < 100*time.Millisecond {
		t.Errorf("4 requests took %v", took)
	}
}

// No credential, and no request at all, goes where a redirect points.
func TestDoFollowsNoRedirect(t *testing.T) {
	var hits atomic.Int32
	other := targettest.Serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	base := targettest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "a=b")
		http.Redirect(w, r, other+"/x", http.StatusTemporaryRedirect)
	})
	c := targettest.Client(t, targettest.Config(base))
	for range 2 {
		ex := c.Do(context.Background(), "", targettest.Get("/").WithAuth(request.Auth{Place: request.APIKey, Secret: request.FullKey}), "")
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
		base := targettest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
			if got := r.Header.Get("Accept-Encoding"); got != test.accept {
				t.Errorf("Accept-Encoding %q", got)
			}
			w.Header().Set("Content-Encoding", test.coding)
			w.Write(test.body)
		})
		req := targettest.Get("/")
		if test.accept != "" {
			req = req.WithHeader("Accept-Encoding", test.accept)
		}
		ex := targettest.Client(t, targettest.Config(base)).Do(context.Background(), "", req, "")
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
	base := targettest.Raw(t, func(c targettest.Conn) {
		head := c.Rest()
		heads <- head
		c.Say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	})
	c := targettest.Client(t, targettest.Config(base))
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
