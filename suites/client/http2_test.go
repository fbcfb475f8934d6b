package client_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites/internal/targettest"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

// A stream is a request that arrived over HTTP/2; its response is written by hand.
type stream struct {
	*http2.Framer
	id   uint32
	conn net.Conn
}

func (s stream) head(endStream bool, fields ...string) {
	_ = s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.id, EndHeaders: true, EndStream: endStream, BlockFragment: block(fields...)})
}

func block(fields ...string) []byte {
	var b bytes.Buffer
	e := hpack.NewEncoder(&b)
	for i := 0; i < len(fields); i += 2 {
		_ = e.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1]})
	}
	return b.Bytes()
}

// speakHTTP2 serves HTTP/2 over TLS. It calls answer for each stream and closes the
// connection when answer returns false.
func speakHTTP2(t *testing.T, answer func(stream) bool) (base string) {
	t.Helper()
	certificate := secure(t).TLS.Certificates[0] // any certificate: the tests do not verify it
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"h2"}})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer c.Close()
				streams(c, answer)
			})
		}
	})
	t.Cleanup(func() { l.Close(); all.Wait() })
	return "https://" + l.Addr().String()
}

func streams(c net.Conn, answer func(stream) bool) {
	if _, err := io.ReadFull(c, make([]byte, len(http2.ClientPreface))); err != nil {
		return
	}
	f := http2.NewFramer(c, c)
	_ = f.WriteSettings()
	for {
		frame, err := f.ReadFrame()
		if err != nil {
			return
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				_ = f.WriteSettingsAck()
			}
		case *http2.HeadersFrame:
			if !answer(stream{f, frame.StreamID, c}) {
				return
			}
		}
	}
}

func TestHostileHTTP2(t *testing.T) {
	reset := func(code http2.ErrCode) func(stream) bool {
		return func(s stream) bool { return s.WriteRSTStream(s.id, code) == nil }
	}
	flood := func(s stream, write func() error) {
		for write() == nil {
		}
	}
	block16k := bytes.Repeat([]byte("x"), 16<<10)
	tests := []struct {
		name    string
		answer  func(stream) bool
		failure string
		read    string
		arrived int32 // 0 means once
	}{
		{name: "reset", answer: reset(http2.ErrCodeInternal), failure: "the target reset the HTTP/2 stream before the response: INTERNAL_ERROR"},
		{name: "refused", answer: reset(http2.ErrCodeRefusedStream), failure: "the target refused the HTTP/2 stream", arrived: 2},
		{name: "malformed", answer: reset(http2.ErrCodeProtocol), failure: "the target refused the HTTP/2 stream", arrived: 2},
		{name: "reset once", answer: func() func(stream) bool {
			var n atomic.Int32
			return func(s stream) bool {
				if n.Add(1) == 1 {
					return s.WriteRSTStream(s.id, http2.ErrCodeRefusedStream) == nil
				}
				s.head(true, ":status", "204")
				return true
			}
		}(), arrived: 2},
		{name: "goaway", answer: func(s stream) bool {
			_ = s.WriteGoAway(s.id, http2.ErrCodeInternal, []byte("debug "+targettest.Canary))
			return false
		}, failure: "the target ended the HTTP/2 connection before the response: INTERNAL_ERROR"},
		{name: "graceful goaway that leaves the request out", answer: func(s stream) bool {
			_ = s.WriteGoAway(0, http2.ErrCodeNo, nil)
			return false
		}, failure: "the target refused the HTTP/2 stream", arrived: 2},
		{name: "closed", answer: func(s stream) bool { return false }, failure: "connection closed before the response"},
		{name: "reset in the body", answer: func(s stream) bool {
			s.head(false, ":status", "200")
			_ = s.WriteData(s.id, false, []byte("abc"))
			return s.WriteRSTStream(s.id, http2.ErrCodeInternal) == nil
		}, read: "body cannot be read after 3 bytes: stream error: stream ID 1; INTERNAL_ERROR; received from peer"},
		{name: "goaway in the body", answer: func(s stream) bool {
			s.head(false, ":status", "200")
			_ = s.WriteData(s.id, false, []byte("abc"))
			_ = s.WriteGoAway(s.id, http2.ErrCodeInternal, nil)
			return false
		}, read: "the HTTP/2 connection ended after 3 bytes of the body: INTERNAL_ERROR"},
		{name: "shorter than declared", answer: func(s stream) bool {
			s.head(false, ":status", "200", "content-length", "10")
			return s.WriteData(s.id, true, []byte("abc")) == nil
		}, read: "connection closed after 3 of 10 declared bytes"},
		{name: "longer than declared", answer: func(s stream) bool {
			s.head(false, ":status", "200", "content-length", "2")
			return s.WriteData(s.id, true, []byte("abc")) == nil
		}, read: "body cannot be read after 2 bytes: net/http: server replied with more than declared Content-Length; truncated"},
		{name: "endless body", answer: func(s stream) bool {
			s.head(false, ":status", "200")
			go flood(s, func() error { return s.WriteData(s.id, false, block16k) }) // more than the window, like a hostile server
			return true
		}, read: "body is longer than 1 MiB"},
		{name: "endless head", answer: func(s stream) bool {
			_ = s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.id, BlockFragment: block(":status", "200")})
			flood(s, func() error { return s.WriteContinuation(s.id, false, block("x-a", strings.Repeat("a", 8<<10))) })
			return false
		}, failure: "what was sent is not HTTP/2: PROTOCOL_ERROR"},
		{name: "1xx flood", answer: func(s stream) bool {
			flood(s, func() error { s.head(false, ":status", "103"); return s.WritePing(false, [8]byte{}) })
			return false
		}, failure: "what was sent is not HTTP/2: PROTOCOL_ERROR"},
		{name: "no status", answer: func(s stream) bool { s.head(true, "x-a", "b"); return true }, failure: "what was sent is not HTTP/2: PROTOCOL_ERROR"},
		{name: "garbage", answer: func(s stream) bool { _, err := s.conn.Write([]byte("garbage garbage garbage")); return err == nil }, failure: "what was sent is not HTTP/2"},
		{name: "ping flood", answer: func(s stream) bool {
			flood(s, func() error { return s.WritePing(false, [8]byte{}) })
			return false
		}, failure: "no response within 500ms"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var arrived atomic.Int32
			cfg := targettest.Config(speakHTTP2(t, func(s stream) bool { arrived.Add(1); return test.answer(s) }))
			cfg.Insecure, cfg.ConfirmHost = true, cfg.Host()
			if strings.HasSuffix(test.failure, "ms") {
				cfg.RequestTimeout = 500 * time.Millisecond
			}
			c := targettest.Client(t, cfg, client.WithBodyLimit(1<<20))
			ex := c.Do(context.Background(), "", targettest.Get("/"), "")
			read := ""
			if ex.Response != nil {
				read = ex.Response.ReadFailure
			}
			if ex.Failure != test.failure || read != test.read {
				t.Errorf("failure %q, want %q\nread %q, want %q", ex.Failure, test.failure, read, test.read)
			}
			if strings.Contains(ex.Failure+read, targettest.Canary) {
				t.Error("the failure shows the secret")
			}
			if n := arrived.Load(); n != max(test.arrived, 1) {
				t.Errorf("the request arrived %d times, want %d", n, max(test.arrived, 1))
			}
		})
	}
}

// A POST is sent once, even if HTTP/2 says that it was not processed.
func TestPostIsNotRepeatedOverHTTP2(t *testing.T) {
	for name, answer := range map[string]func(stream) bool{
		"refused":   func(s stream) bool { return s.WriteRSTStream(s.id, http2.ErrCodeRefusedStream) == nil },
		"malformed": func(s stream) bool { return s.WriteRSTStream(s.id, http2.ErrCodeProtocol) == nil },
		"goaway":    func(s stream) bool { _ = s.WriteGoAway(0, http2.ErrCodeNo, nil); return true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var posts atomic.Int32
			cfg := targettest.Config(speakHTTP2(t, func(s stream) bool { posts.Add(1); return answer(s) }))
			cfg.Insecure = true
			c := targettest.Client(t, cfg)
			for _, body := range [][]byte{nil, []byte("{}")} {
				posts.Store(0)
				req := request.Request{Method: "POST", Path: "/", Body: body, Effect: spec.Charges, Header: http.Header{}}
				ex := c.Do(context.Background(), "", req.WithHeader("Idempotency-Key", "abc"), "")
				if ex.Failure != "the target refused the HTTP/2 stream" || posts.Load() != 1 || ex.FailureKind != spec.FailureStreamRefused {
					t.Errorf("%d posts, failure %q", posts.Load(), ex.Failure)
				}
			}
		})
	}
}

// Over HTTP/2, too, every POST has its own connection, so that none fails because a kept
// one was closed.
func TestPostHasItsOwnConnection(t *testing.T) {
	var ids sync.Map
	var twice atomic.Bool
	base := speakHTTP2(t, func(s stream) bool {
		if _, known := ids.LoadOrStore(s.conn, true); known {
			twice.Store(true)
		}
		s.head(true, ":status", "204")
		return true
	})
	cfg := targettest.Config(base)
	cfg.Insecure = true
	c := targettest.Client(t, cfg)
	for range 3 {
		ex := c.Do(context.Background(), "", request.Request{Method: "POST", Path: "/", Body: []byte("{}"), Effect: spec.Writes}, "")
		if ex.Failure != "" || ex.Response.Proto != "HTTP/2.0" {
			t.Fatalf("%+v", ex)
		}
	}
	if twice.Load() {
		t.Error("two POST shared a connection")
	}
}

// A target without HTTP/1.1 is not broken: raw requests are just not possible. It may
// refuse HTTP/1.1 in the handshake, or agree to no protocol and then close the connection.
func TestDoRawOfNoHTTP1(t *testing.T) {
	for _, protocols := range [][]string{{"other"}, nil} { // not h2, for which crypto/tls makes an exception
		l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: secure(t).TLS.Certificates, NextProtos: protocols})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		go func() {
			if c, err := l.Accept(); err == nil {
				if c.(*tls.Conn).Handshake() == nil {
					_, _ = http.ReadRequest(bufio.NewReader(c))
				}
				c.Close()
			}
		}()
		cfg := targettest.Config("https://" + l.Addr().String())
		cfg.Insecure = true
		_, err = targettest.Client(t, cfg).DoRaw(context.Background(), "", targettest.Get("/"), "")
		if err == nil || err.Error() != "the target cannot be spoken to directly: it speaks HTTP/2 only" {
			t.Errorf("%q: %v", protocols, err)
		}
	}
}
