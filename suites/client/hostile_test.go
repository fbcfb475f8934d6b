package client_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites/internal/targettest"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

func TestHostile(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 4 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	tests := []struct {
		name    string
		serve   func(targettest.Conn)
		failure string // prefix of Failure
		read    string // ReadFailure
		timeout time.Duration
	}{
		{name: "endless body", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok + "\r\n"); c.Flood("x") }, read: "body is longer than 1 MiB"},
		{name: "endless chunks", serve: func(c targettest.Conn) {
			c.Rest()
			c.Say(ok + "Transfer-Encoding: chunked\r\n\r\n")
			c.Flood("10\r\nsixteen of these\r\n")
		}, read: "body is longer than 1 MiB"},
		{name: "gzip bomb", serve: func(c targettest.Conn) {
			c.Rest()
			c.Say(ok + fmt.Sprintf("Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", bomb.Len()))
			c.Say(bomb.String())
		}, read: fmt.Sprintf("body is longer than 1 MiB after decompression, %d bytes before", bomb.Len())},
		{name: "drip", timeout: 100 * time.Millisecond, serve: func(c targettest.Conn) {
			c.Rest()
			c.Say(ok + "\r\nabc")
			c.In.ReadByte() // until the client gives up
		}, read: "body did not end within 100ms, 3 bytes came"},
		{name: "no answer", timeout: 100 * time.Millisecond, serve: func(c targettest.Conn) { c.Rest(); c.In.ReadByte() }, failure: "no response within 100ms"},
		{name: "half a head", timeout: 100 * time.Millisecond, serve: func(c targettest.Conn) { c.Rest(); c.Say(ok); c.In.ReadByte() }, failure: "no response within 100ms"},
		{name: "shorter than declared", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok + "Content-Length: 10\r\n\r\nabc") }, read: "connection closed after 3 of 10 declared bytes"},
		{name: "chunk cut", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nab") }, read: "connection closed in the middle of a chunk, after 2 bytes"},
		{name: "chunk length", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nab") }, read: "body cannot be read after 0 bytes: invalid byte in chunk length"},
		{name: "reset in body", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok + "Content-Length: 10\r\n\r\nabc"); c.Settle(); c.Reset() }, read: "connection reset after 3 bytes of the body"},
		{name: "reset at once", serve: func(c targettest.Conn) { c.Rest(); c.Reset() }, failure: "connection reset before the response"},
		{name: "closed at once", serve: func(c targettest.Conn) { c.Rest() }, failure: "connection closed before the response"},
		{name: "garbage", serve: func(c targettest.Conn) { c.Rest(); c.Say("\x00\x01garbage " + targettest.Canary + "\r\n\r\n") }, failure: "what was sent is not HTTP: malformed HTTP "},
		{name: "SSH", serve: func(c targettest.Conn) { c.Say("SSH-2.0-OpenSSH_9.6\r\n"); c.Rest() }, failure: "what was sent is not HTTP: malformed HTTP "},
		{name: "answer before the request", serve: func(c targettest.Conn) {
			c.Say(ok + "Content-Length: 10\r\n\r\nabc")
			c.Rest()
		}, read: "connection closed after 3 of 10 declared bytes"},
		{name: "no number", serve: func(c targettest.Conn) { c.Rest(); c.Say("HTTP/1.1 abc OK\r\n\r\n") }, failure: "what was sent is not HTTP: malformed HTTP status code"},
		{name: "words of a time-out", serve: func(c targettest.Conn) { c.Rest(); c.Say("HTTP/1.1 within-reason\r\n\r\n") }, failure: "what was sent is not HTTP: malformed HTTP status code"},
		{name: "bad header", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok + "no colon\r\n\r\n") }, failure: "what was sent is not HTTP: malformed MIME header"},
		{name: "two lengths", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab") }, failure: "what was sent is not HTTP: "},
		{name: "bad length", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok + "Content-Length: -5\r\n\r\nab") }, failure: "what was sent is not HTTP: "},
		{name: "one huge header", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok + "X-A: "); c.Flood("a") }, failure: "response headers are longer than 256 KiB"},
		{name: "many headers", serve: func(c targettest.Conn) { c.Rest(); c.Say(ok); c.Flood("X-A: a\r\n") }, failure: "response headers are longer than 256 KiB"},
		{name: "1xx flood", serve: func(c targettest.Conn) { c.Rest(); c.Flood("HTTP/1.1 102 Processing\r\n\r\n") }, failure: "response headers are longer than 256 KiB"},
		{name: "switch", serve: func(c targettest.Conn) {
			c.Rest()
			c.Say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
			c.In.ReadByte()
		},
			read: "the target switched protocols unasked, and no final answer came"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cfg := targettest.Config(targettest.Raw(t, test.serve))
			if test.timeout > 0 {
				cfg.RequestTimeout = test.timeout
			}
			c := targettest.Client(t, cfg, client.WithBodyLimit(1<<20))
			ex := c.Do(context.Background(), "", targettest.Get("/").WithAuth(request.Auth{Place: request.Bearer, Secret: request.FullKey}), "")
			read := ""
			if ex.Response != nil {
				read = ex.Response.ReadFailure
				if len(ex.Response.Body) > 1<<20 {
					t.Errorf("%d bytes of body", len(ex.Response.Body))
				}
			}
			if read != test.read || !strings.HasPrefix(ex.Failure, test.failure) || (ex.Failure == "") != (test.failure == "") {
				t.Errorf("failure %q, want %q\nread %q, want %q", ex.Failure, test.failure, read, test.read)
			}
			if want := kindOf(ex.Failure); ex.FailureKind != want {
				t.Errorf("kind %q of %q, want %q", ex.FailureKind, ex.Failure, want)
			}
			if client.Unreachable(ex) || client.NotSent(ex) {
				t.Error("the request arrived")
			}
			if strings.Contains(ex.Failure+read, targettest.Canary) {
				t.Error("the failure shows the secret")
			}
		})
	}
}

// kindOf returns the failure kind for the words in the table above.
func kindOf(words string) spec.FailureKind {
	for begin, kind := range map[string]spec.FailureKind{
		"no response within":         spec.FailureTimeout,
		"connection reset":           spec.FailureReset,
		"connection closed":          spec.FailureClosed,
		"what was sent is not HTTP:": spec.FailureProtocol,
		"response headers are":       spec.FailureHead,
	} {
		if strings.HasPrefix(words, begin) {
			return kind
		}
	}
	return ""
}

// A POST is sent once, even if the target closes kept connections silently.
func TestPostIsNotRepeated(t *testing.T) {
	var posts atomic.Int32
	base := targettest.Raw(t, func(c targettest.Conn) {
		for {
			line := c.Line()
			if line == "" {
				return
			}
			c.Rest()
			if strings.HasPrefix(line, "POST") {
				posts.Add(1)
				return // carried out, but no response
			}
			c.Say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		}
	})
	c := targettest.Client(t, targettest.Config(base))
	for _, key := range []string{"", "abc"} { // net/http repeats requests with an Idempotency-Key
		posts.Store(0)
		if ex := c.Do(context.Background(), "", targettest.Get("/"), ""); ex.Failure != "" {
			t.Fatal(ex.Failure)
		}
		req := request.Request{Method: "POST", Path: "/", Effect: spec.Charges, Header: http.Header{}}
		if key != "" {
			req = req.WithHeader("Idempotency-Key", key)
		}
		ex := c.Do(context.Background(), "", req, "")
		if ex.Failure != "connection closed before the response" || posts.Load() != 1 {
			t.Errorf("%d posts, failure %q", posts.Load(), ex.Failure)
		}
	}
}

// A GET on a kept connection that the target has closed is not a failure of the target.
func TestGetSurvivesClosedConnection(t *testing.T) {
	base := targettest.Raw(t, func(c targettest.Conn) {
		c.Rest()
		c.Say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		c.Line() // the next request meets the close
	})
	c := targettest.Client(t, targettest.Config(base))
	for range 5 {
		if ex := c.Do(context.Background(), "", targettest.Get("/"), ""); ex.Failure != "" {
			t.Fatal(ex.Failure)
		}
	}
}

func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	base := targettest.Raw(t, func(c targettest.Conn) { c.Rest(); cancel(); c.In.ReadByte() })
	ex := targettest.Client(t, targettest.Config(base)).Do(ctx, "", targettest.Get("/"), "")
	if ex.Failure != "interrupted before the response" {
		t.Error(ex.Failure)
	}
}
