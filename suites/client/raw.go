package client

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

// ErrNoRaw says that no raw HTTP/1.1 connection to the target is possible: it is behind a
// proxy, or speaks only HTTP/2. For errors.Is.
var ErrNoRaw = errors.New("the target cannot be spoken to directly")

var (
	errProxied   = fmt.Errorf("%w: it is behind a proxy", ErrNoRaw)
	errHTTP2Only = fmt.Errorf("%w: it speaks HTTP/2 only", ErrNoRaw)
)

// DoRaw sends one request over its own connection, with Connection: close, and reads
// everything until the target closes it. It shows what net/http hides: a body after HEAD
// or after status 204 or 304 (it is then the Body), and bytes after the declared length
// (reported in ReadFailure). Otherwise it is like [Client.Do].
//
// It does not wait for a target that keeps the connection open nevertheless: a moment of
// silence after a complete response ends it.
//
// The error is of kind [ErrNoRaw]; the exchange is meaningless then.
func (c *Client) DoRaw(ctx context.Context, id string, req request.Request, note string) (spec.Exchange, error) {
	ex := spec.Exchange{ID: id, Operation: req.Operation}
	w, err := c.build(req, note)
	ex.Request = w.recorded
	ex.Request.Sent = time.Now()
	if err != nil {
		return Unsent(ex, c.redactor.Text(err.Error())), nil
	}
	if proxy, err := c.proxy(c.base); err != nil || proxy != nil {
		return ex, errProxied
	}
	if c.limiter != nil && c.limiter.Wait(ctx) != nil {
		return Unsent(ex, "interrupted while waiting for --rps"), nil
	}
	c.announce(req, note)
	if err := c.raw(ctx, w.sent, &ex); err != nil {
		return ex, err
	}
	c.redactTrouble(&ex)
	return ex, nil
}

func (c *Client) raw(parent context.Context, hr *http.Request, ex *spec.Exchange) error {
	ctx, cancel := context.WithTimeout(parent, c.config.RequestTimeout)
	defer cancel()
	var p progress
	fail := func(err error) {
		ex.FailureKind, ex.Failure = c.failure(err, parent, &p)
		ex.Duration = time.Since(ex.Request.Sent)
	}
	conn, err := c.dialRaw(ctx)
	if err != nil && strings.Contains(err.Error(), "tls: no application protocol") {
		return errHTTP2Only // the alert of RFC 7301 section 3.2; crypto/tls exports no type for it
	}
	if err != nil {
		fail(err)
		return nil
	}
	defer conn.Close()
	p.mu.Lock()
	p.connected = time.Now()
	p.mu.Unlock()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	ex.Request.Sent = time.Now()
	hr = hr.WithContext(ctx)
	hr.Close = true
	if err := hr.Write(conn); err != nil {
		fail(err)
		return nil
	}
	in := bufio.NewReader(io.LimitReader(conn, int64(c.bodyLimit)+headerLimit))
	resp, err := http.ReadResponse(in, hr)
	for err == nil && resp.StatusCode/100 == 1 && resp.StatusCode != http.StatusSwitchingProtocols {
		resp, err = http.ReadResponse(in, hr)
	}
	if secure, ok := conn.(*tls.Conn); ok && errors.Is(err, io.ErrUnexpectedEOF) && secure.ConnectionState().NegotiatedProtocol == "" {
		return errHTTP2Only // it did not agree to HTTP/1.1, and speaks none
	}
	if err != nil {
		fail(err)
		return nil
	}
	r := &spec.Response{Status: resp.StatusCode, Proto: resp.Proto, Header: resp.Header, Length: declaredLength(resp.Header)}
	c.readBody(parent, r, resp, hr.Header)
	if r.ReadFailure == "" && !r.BodyUnknown {
		rest := leftOver(conn, in)
		switch bodiless := hr.Method == http.MethodHead || r.Status == http.StatusNoContent || r.Status == http.StatusNotModified; {
		case len(rest) > 0 && bodiless:
			r.Body = rest
		case len(rest) > 0:
			r.ReadFailure, r.ReadCause = fmt.Sprintf("%s follow the end of the body", size(len(rest))), spec.CauseFraming
		}
	}
	r.Received = time.Now()
	ex.Duration = r.Received.Sub(ex.Request.Sent)
	ex.Response = r
	return nil
}

// leftOver reads what follows a complete response. Trailing bytes arrive together with
// it; half a second of silence is the end.
func leftOver(conn net.Conn, in *bufio.Reader) []byte {
	const silence = 500 * time.Millisecond
	_ = conn.SetReadDeadline(time.Now().Add(silence))
	rest, _ := io.ReadAll(io.LimitReader(in, 64<<10))
	return rest
}

func (c *Client) dialRaw(ctx context.Context) (net.Conn, error) {
	conn, err := dial(ctx, "tcp", net.JoinHostPort(c.base.Hostname(), config.Port(c.base)))
	if err != nil || c.base.Scheme != "https" {
		return conn, err
	}
	trust, err := c.config.TLS()
	if err != nil {
		return nil, err
	}
	trust.ServerName = c.base.Hostname()
	trust.NextProtos = []string{"http/1.1"}
	secure := tls.Client(conn.(*patient).Conn, trust)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}
