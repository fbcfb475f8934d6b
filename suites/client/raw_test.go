package client

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/request"
)

// speak sends the bytes on every connection and closes it.
func speak(t *testing.T, answer string) config.Config { return speakOn(t, answer, "") }

// speakOn sends an answer to the first request of every connection, and another one to
// those that follow on it, if there is another one.
func speakOn(t *testing.T, answer, again string) config.Config {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				in := bufio.NewReader(c)
				for next := answer; next != ""; next = again {
					if _, err := http.ReadRequest(in); err != nil {
						return
					}
					_, _ = io.WriteString(c, next)
				}
			}()
		}
	}()
	cfg := settings.Default()
	cfg.BaseURL = "http://" + l.Addr().String()
	return cfg
}

func TestDoRaw(t *testing.T) {
	for _, tt := range []struct {
		name, method, answer string
		body, failure        string
	}{
		{"a whole answer", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", "{}", ""},
		{"a chunked answer", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "{}", ""},
		{"an answer up to the end of the connection", "GET", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", "{}", ""},
		{"bytes after the declared length", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}}}", "{}", "2 bytes follow the end of the body"},
		{"a body that is too short", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}", "{}", "connection closed after 2 of 5 declared bytes"},
		{"no body after HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "", ""},
		{"a body after HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "{}", ""},
		{"a body after 204", "GET", "HTTP/1.1 204 No Content\r\n\r\n{}", "{}", ""},
		{"an interim answer before", "GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "{}", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := New(speak(t, tt.answer))
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			ex, err := c.DoRaw(context.Background(), "x1", request.Request{Method: tt.method, Path: "/", Effect: spec.Reads}, "")
			if err != nil || ex.Response == nil {
				t.Fatalf("%v, failure %q", err, ex.Failure)
			}
			if got := string(ex.Response.Body); got != tt.body {
				t.Errorf("body %q, want %q", got, tt.body)
			}
			if got := ex.Response.ReadFailure; got != tt.failure {
				t.Errorf("failure %q, want %q", got, tt.failure)
			}
		})
	}
}

func TestDoRawOfNoHTTP(t *testing.T) {
	c, err := New(speak(t, "SSH-2.0-x\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ex, err := c.DoRaw(context.Background(), "x1", request.Request{Method: "GET", Path: "/", Effect: spec.Reads}, "")
	if err != nil || ex.Response != nil || ex.Failure == "" {
		t.Errorf("%v, %+v", err, ex)
	}
}

// A body after HEAD, or with 304, is not taken for the next response.
func TestDoOwnConnection(t *testing.T) {
	for _, first := range []request.Request{
		{Method: "HEAD", Path: "/", Effect: spec.Reads},
		{Method: "GET", Path: "/", Effect: spec.Reads, Header: http.Header{"If-None-Match": {`"a"`}}},
	} {
		c, err := New(speakOn(t, "HTTP/1.1 304 Not Modified\r\n\r\n", "{}HTTP/1.1 304 Not Modified\r\n\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		for _, req := range []request.Request{first, {Method: "GET", Path: "/", Effect: spec.Reads}} {
			if ex := c.Do(context.Background(), "x1", req, ""); ex.Response == nil || ex.Response.Status != 304 {
				t.Errorf("%s after %s: %q", req.Method, first.Method, ex.Failure)
			}
		}
		c.Close()
	}
}
