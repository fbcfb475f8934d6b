package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http/httptrace"
	"sync"
	"time"
)

// A progress records how far a request got. The hooks may run after RoundTrip has
// returned, for a connection that is no longer needed.
type progress struct {
	stop  context.CancelCauseFunc // ends the request; nil if nothing is repeated
	again int                     // how often an HTTP/2 stream may be opened again

	mu        sync.Mutex
	connected time.Time
	tls       bool
	written   int // number of heads written
}

// errAgain ends a request that net/http is about to write once more.
//
// After a reset with REFUSED_STREAM or PROTOCOL_ERROR and after a GOAWAY net/http repeats
// a request, even a POST, up to seven times within half a minute. It relies on the
// target's word that the request was not executed, and the target is under test.
var errAgain = errors.New("the HTTP/2 stream was refused")

func (p *progress) trace() *httptrace.ClientTrace {
	// Got1xxResponse stays unset: with it, net/http counts headers anew after every 1xx
	// response and would read an endless flood of them.
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
		p.stop(errAgain) // before the head is written, net/http checks the context once more
	}
}

// begun returns when a connection was ready for the request; ok is false if none was.
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
