package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http/httptrace"
	"sync"
	"time"
)

// A progress is how far a request got. The hooks may run after RoundTrip has
// returned, when a connection that nobody waits for any more is made.
type progress struct {
	stop  context.CancelCauseFunc // ends the request; nil where nothing is sent again
	again int                     // how often an HTTP/2 stream may be opened again

	mu        sync.Mutex
	connected time.Time
	tls       bool
	written   int // heads that were written
}

// errAgain ends a request that net/http is about to write once more.
//
// After a reset with REFUSED_STREAM or PROTOCOL_ERROR and after a GOAWAY net/http
// sends a request again, a POST too, up to seven times within half a minute. That
// it was not executed is what the target says, and the target is what we test.
var errAgain = errors.New("the HTTP/2 stream was refused")

func (p *progress) trace() *httptrace.ClientTrace {
	// Got1xxResponse stays unset: with it, net/http counts headers anew after
	// every 1xx response and reads a flood of them for ever.
	return &httptrace.ClientTrace{
		TLSHandshakeStart: func() { p.mu.Lock(); p.tls = true; p.mu.Unlock() },
		GotConn:           p.got,
		WroteHeaders:      func() { p.mu.Lock(); p.written++; p.mu.Unlock() },
	}
}

func (p *progress) got(info httptrace.GotConnInfo) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.connected = time.Now()
	if c, ok := info.Conn.(*tls.Conn); ok && p.stop != nil && p.written > p.again && c.ConnectionState().NegotiatedProtocol == "h2" {
		p.stop(errAgain) // before the head is written: net/http looks at the context once more
	}
}

// begun is when a connection was ready for the request.
func (p *progress) begun() (time.Time, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.connected, !p.connected.IsZero()
}

// wrote reports whether the head of the request was written to a connection.
func (p *progress) wrote() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.written > 0
}

func (p *progress) handshaking() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.tls && p.connected.IsZero()
}
