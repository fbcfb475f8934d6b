package env_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
)

// A conn is the target's end of a connection.
type conn struct {
	*net.TCPConn
	r *bufio.Reader
}

func (c conn) line() string {
	s, _ := c.r.ReadString('\n')
	return strings.TrimRight(s, "\r\n")
}

// rest reads the head of the request to its end.
func (c conn) rest() string {
	var head strings.Builder
	for {
		l := c.line()
		if l == "" {
			return head.String()
		}
		head.WriteString(l + "\r\n")
	}
}

// write reports whether the other end still listens.
func (c conn) write(s string) bool { _, err := c.TCPConn.Write([]byte(s)); return err == nil }

// flood writes s until the other end has enough.
func (c conn) flood(s string) {
	s = strings.Repeat(s, 1+4096/len(s))
	for c.write(s) {
	}
}

// raw serves connections by hand and closes each when serve returns.
func raw(t *testing.T, serve func(conn)) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Add(1)
	go func() {
		defer all.Done()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Add(1)
			go func() {
				defer all.Done()
				defer c.Close()
				serve(conn{c.(*net.TCPConn), bufio.NewReader(c)})
			}()
		}
	}()
	t.Cleanup(func() { l.Close(); all.Wait() })
	return "http://" + l.Addr().String()
}

// reset closes with a RST.
func (c conn) reset() { c.SetLinger(0); c.Close() }

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
		serve   func(conn)
		failure string // prefix of Failure
		read    string // ReadFailure
		timeout time.Duration
	}{
		{name: "endless body", serve: func(c conn) { c.rest(); c.write(ok + "\r\n"); c.flood("x") }, read: "body is longer than 1 MiB"},
		{name: "endless chunks", serve: func(c conn) {
			c.rest()
			c.write(ok + "Transfer-Encoding: chunked\r\n\r\n")
			c.flood("1\r\nx\r\n")
		}, read: "body is longer than 1 MiB"},
		{name: "gzip bomb", serve: func(c conn) {
			c.rest()
			c.write(ok + fmt.Sprintf("Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", bomb.Len()))
			c.write(bomb.String())
		}, read: fmt.Sprintf("body is longer than 1 MiB after decompression, %d bytes before", bomb.Len())},
		{name: "drip", timeout: 100 * time.Millisecond, serve: func(c conn) {
			c.rest()
			c.write(ok + "\r\nabc")
			c.r.ReadByte() // until the client gives up
		}, read: "body did not end within 100ms, 3 bytes came"},
		{name: "no answer", timeout: 100 * time.Millisecond, serve: func(c conn) { c.rest(); c.r.ReadByte() }, failure: "no response within 100ms"},
		{name: "half a head", timeout: 100 * time.Millisecond, serve: func(c conn) { c.rest(); c.write(ok); c.r.ReadByte() }, failure: "no response within 100ms"},
		{name: "shorter than declared", serve: func(c conn) { c.rest(); c.write(ok + "Content-Length: 10\r\n\r\nabc") }, read: "connection closed after 3 of 10 declared bytes"},
		{name: "chunk cut", serve: func(c conn) { c.rest(); c.write(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nab") }, read: "connection closed in the middle of a chunk, after 2 bytes"},
		{name: "chunk length", serve: func(c conn) { c.rest(); c.write(ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nab") }, read: "body cannot be read after 0 bytes: invalid byte in chunk length"},
		{name: "reset in body", serve: func(c conn) { c.rest(); c.write(ok + "Content-Length: 10\r\n\r\nabc"); c.settle(); c.reset() }, read: "connection reset after 3 bytes of the body"},
		{name: "reset at once", serve: func(c conn) { c.rest(); c.reset() }, failure: "connection reset before the response"},
		{name: "closed at once", serve: func(c conn) { c.rest() }, failure: "connection closed before the response"},
		{name: "garbage", serve: func(c conn) { c.rest(); c.write("\x00\x01garbage " + canary + "\r\n\r\n") }, failure: "what was sent is not HTTP: malformed HTTP "},
		{name: "SSH", serve: func(c conn) { c.write("SSH-2.0-OpenSSH_9.6\r\n"); c.rest() }, failure: "what was sent is not HTTP: malformed HTTP "},
		{name: "answer before the request", serve: func(c conn) {
			c.write(ok + "Content-Length: 10\r\n\r\nabc")
			c.rest()
		}, read: "connection closed after 3 of 10 declared bytes"},
		{name: "no number", serve: func(c conn) { c.rest(); c.write("HTTP/1.1 abc OK\r\n\r\n") }, failure: "what was sent is not HTTP: malformed HTTP status code"},
		{name: "words of a time-out", serve: func(c conn) { c.rest(); c.write("HTTP/1.1 within-reason\r\n\r\n") }, failure: "what was sent is not HTTP: malformed HTTP status code"},
		{name: "bad header", serve: func(c conn) { c.rest(); c.write(ok + "no colon\r\n\r\n") }, failure: "what was sent is not HTTP: malformed MIME header"},
		{name: "two lengths", serve: func(c conn) { c.rest(); c.write(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab") }, failure: "what was sent is not HTTP: "},
		{name: "bad length", serve: func(c conn) { c.rest(); c.write(ok + "Content-Length: -5\r\n\r\nab") }, failure: "what was sent is not HTTP: "},
		{name: "one huge header", serve: func(c conn) { c.rest(); c.write(ok + "X-A: "); c.flood("a") }, failure: "response headers are longer than 256 KiB"},
		{name: "many headers", serve: func(c conn) { c.rest(); c.write(ok); c.flood("X-A: a\r\n") }, failure: "response headers are longer than 256 KiB"},
		{name: "1xx flood", serve: func(c conn) { c.rest(); c.flood("HTTP/1.1 102 Processing\r\n\r\n") }, failure: "response headers are longer than 256 KiB"},
		{name: "switch", serve: func(c conn) {
			c.rest()
			c.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
			c.r.ReadByte()
		},
			read: "the target switched protocols unasked, and no final answer came"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cfg := config(raw(t, test.serve))
			if test.timeout > 0 {
				cfg.RequestTimeout = test.timeout
			}
			c := client(t, cfg, env.WithBodyLimit(1<<20))
			ex := c.Do(context.Background(), "", get("/").WithAuth(request.Auth{Place: request.Bearer, Secret: request.FullKey}), "")
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
			if env.Unreachable(ex) || env.NotSent(ex) {
				t.Error("the request arrived")
			}
			if strings.Contains(ex.Failure+read, canary) {
				t.Error("the failure shows the secret")
			}
		})
	}
}

// kindOf is the kind that belongs to the words of the table above.
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

// settle waits until the client has taken what was written, as a reset discards
// what it has not. Linux counts the bytes in the queue; elsewhere we yield.
func (c conn) settle() {
	for range 1000 {
		runtime.Gosched()
	}
	c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	c.r.ReadByte()
}

// A POST arrives once, also when the target closes kept connections without a word.
func TestPostIsNotRepeated(t *testing.T) {
	var posts atomic.Int32
	base := raw(t, func(c conn) {
		for {
			line := c.line()
			if line == "" {
				return
			}
			c.rest()
			if strings.HasPrefix(line, "POST") {
				posts.Add(1)
				return // executed, and no answer
			}
			c.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		}
	})
	c := client(t, config(base))
	for _, key := range []string{"", "abc"} { // net/http repeats requests with an Idempotency-Key
		posts.Store(0)
		if ex := c.Do(context.Background(), "", get("/"), ""); ex.Failure != "" {
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

// A GET on a kept connection that the target has closed is no failure of the target.
func TestGetSurvivesClosedConnection(t *testing.T) {
	base := raw(t, func(c conn) {
		c.rest()
		c.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		c.line() // the next request meets the close
	})
	c := client(t, config(base))
	for range 5 {
		if ex := c.Do(context.Background(), "", get("/"), ""); ex.Failure != "" {
			t.Fatal(ex.Failure)
		}
	}
}

func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	base := raw(t, func(c conn) { c.rest(); cancel(); c.r.ReadByte() })
	ex := client(t, config(base)).Do(ctx, "", get("/"), "")
	if ex.Failure != "interrupted before the response" {
		t.Error(ex.Failure)
	}
}
