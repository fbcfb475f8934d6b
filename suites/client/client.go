package client

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/redact"
	"github.com/hostup/api-conformance/suites/request"
)

const (
	// DefaultBodyLimit bounds the body of a response in bytes, before and after content
	// decoding. The largest documented response is a page of a list: kilobytes.
	DefaultBodyLimit = 10 << 20

	// headerLimit bounds the head of a response in bytes, including all 1xx responses
	// before it.
	headerLimit = 256 << 10
)

// A Client sends requests to the target of a Config. It is safe for concurrent use. One
// request holds at most three times the body limit in memory.
type Client struct {
	config    config.Config
	base      *url.URL
	version   string
	bodyLimit int
	limiter   *rate.Limiter
	proxy     func(*url.URL) (*url.URL, error)
	redactor  *redact.Redactor
	onSend    func(r request.Request, note string)
	steady    bool // see WithSteadyConnections

	// Requests that are safe to repeat share connections; net/http repeats them if a kept
	// connection turns out to be closed. Every other request gets its own connection: if
	// the server closes a kept one, a POST can neither be repeated nor told from a broken
	// server. A steady target closes none.
	shared, single *http.Transport
	keepsNone      atomic.Bool // see KeepNone
}

// An Option changes a Client.
type Option func(*Client)

// WithVersion sets the version in the User-Agent; the default is "dev".
func WithVersion(version string) Option { return func(c *Client) { c.version = version } }

// WithBodyLimit sets how many bytes of a body are read; the default is
// [DefaultBodyLimit].
func WithBodyLimit(bytes int) Option { return func(c *Client) { c.bodyLimit = bytes } }

// WithOnSend sets a function that is called before each request, with the note that says
// what it is for. It is not called for requests that are not sent, nor when net/http
// repeats a GET. Calls may be concurrent.
func WithOnSend(f func(r request.Request, note string)) Option {
	return func(c *Client) { c.onSend = f }
}

// WithSteadyConnections says that the target closes no kept connection unannounced, so
// that all requests share connections.
func WithSteadyConnections(steady bool) Option { return func(c *Client) { c.steady = steady } }

// New returns a client for cfg.BaseURL, which must not be empty here. The proxy is that
// of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. The error is a *config.Error: for
// certificate files or a proxy that cannot be used, or from [config.Config.Confirm].
func New(cfg config.Config, opts ...Option) (*Client, error) {
	if cfg.BaseURL == "" {
		return nil, config.Errorf("no base URL: set %s, or start the embedded server first", cfg.Variable("base-url"))
	}
	text, err := cfg.Names.Server(cfg.BaseURL)
	if err != nil {
		return nil, config.Errorf("base URL: %v", err)
	}
	cfg.BaseURL = text
	base, err := url.Parse(text)
	if err != nil {
		return nil, config.Errorf("base URL: want an absolute URL such as https://staging.example.com")
	}
	if err := cfg.Confirm(); err != nil {
		return nil, err
	}
	if cfg.RequestTimeout <= 0 {
		cfg.RequestTimeout = config.Default(nil).RequestTimeout
	}
	c := &Client{config: cfg, base: base, version: "dev", bodyLimit: DefaultBodyLimit, redactor: cfg.Redactor()}
	for _, opt := range opts {
		opt(c)
	}
	if cfg.RPS > 0 {
		// Every process of the run has a client.
		c.limiter = rate.NewLimiter(rate.Limit(cfg.RPS/float64(max(cfg.Procs, 1))), 1)
	}
	return c, c.connect()
}

// Redactor returns the redactor that knows the client's secrets, and which of the sent
// credentials are made up.
func (c *Client) Redactor() *redact.Redactor { return c.redactor }

// Close closes kept connections. The client may still be used.
func (c *Client) Close() {
	c.shared.CloseIdleConnections()
	c.single.CloseIdleConnections()
}

// KeepNone closes all kept connections and keeps none from now on: for a target that
// serves one connection at a time, until that is closed.
func (c *Client) KeepNone() {
	c.keepsNone.Store(true)
	c.Close()
}

// KeepsNone reports whether KeepNone was called.
func (c *Client) KeepsNone() bool { return c.keepsNone.Load() }

// Beside is Do over a connection of its own, while those that are kept stay open.
func (c *Client) Beside(ctx context.Context, id string, req request.Request, userAgentNote string) spec.Exchange {
	return c.do(ctx, id, req, userAgentNote, true)
}

// Do sends one request and reads the whole response. It follows no redirect and never
// panics. It repeats nothing, except that net/http repeats a GET, HEAD, OPTIONS or TRACE
// on a new connection if a kept one was closed before the first byte of a response, and
// once if its HTTP/2 stream was reset. Every other request is written to the target at
// most once.
//
// It always returns an exchange: errors on the wire are in Failure or
// Response.ReadFailure. A request that is above the safety tier, lacks its credential, or
// cannot be written as HTTP is not sent; see [NotSent].
//
// id becomes that of the exchange; userAgentNote, the ids of the requirements under test,
// goes into the User-Agent. The request timeout begins after the wait for --rps. The
// exchange holds secrets: see [redact.Redactor].
func (c *Client) Do(ctx context.Context, id string, req request.Request, userAgentNote string) spec.Exchange {
	return c.do(ctx, id, req, userAgentNote, false)
}

func (c *Client) do(ctx context.Context, id string, req request.Request, userAgentNote string, own bool) spec.Exchange {
	ex := spec.Exchange{ID: id, Operation: req.Operation}
	wire, err := c.build(req, userAgentNote)
	ex.Request = wire.recorded
	ex.Request.Sent = time.Now()
	if err == nil && c.limiter != nil {
		if c.limiter.Wait(ctx) != nil {
			err = errors.New("interrupted while waiting for --rps")
		}
	}
	if err != nil {
		return Unsent(ex, c.redactor.Text(err.Error()))
	}
	c.announce(req, userAgentNote)
	c.send(ctx, wire, &ex, own)
	c.redactTrouble(&ex)
	return ex
}

// redactTrouble removes secrets from the error texts: they may quote the target.
func (c *Client) redactTrouble(ex *spec.Exchange) {
	ex.Failure = c.redactor.Text(ex.Failure)
	if ex.Response != nil {
		ex.Response.ReadFailure = c.redactor.Text(ex.Response.ReadFailure)
	}
}

func (c *Client) announce(r request.Request, note string) {
	if c.onSend != nil {
		c.onSend(r, note)
	}
}

func (c *Client) send(parent context.Context, wire wire, ex *spec.Exchange, own bool) {
	ctx, cancel := context.WithTimeout(parent, c.config.RequestTimeout)
	defer cancel()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	p := progress{stop: stop}
	if repeatable(wire.sent.Method) {
		p.again = 1
	}
	hr := wire.sent.WithContext(httptrace.WithClientTrace(ctx, p.trace()))
	transport, done := c.transport(hr, own)
	defer done()
	ex.Request.Sent = time.Now()
	resp, err := transport.RoundTrip(hr)
	if begun, ok := p.begun(); ok {
		ex.Request.Sent = begun
	}
	if err != nil {
		if context.Cause(ctx) == errAgain {
			err = errAgain
		}
		ex.FailureKind, ex.Failure = c.failure(err, parent, &p)
		ex.Duration = time.Since(ex.Request.Sent)
		return
	}
	defer resp.Body.Close()
	r := &spec.Response{
		Status: resp.StatusCode,
		Proto:  resp.Proto,
		Header: resp.Header.Clone(),
		Length: declaredLength(resp.Header),
	}
	if r.Header == nil {
		r.Header = http.Header{}
	}
	c.readBody(parent, r, resp, wire.sent.Header)
	r.Received = time.Now()
	ex.Duration = r.Received.Sub(ex.Request.Sent)
	ex.Response = r
}

// Ping checks that the target accepts connections and talks HTTP. It returns nil after
// any HTTP response to GET / without credential, even if its head is too large; the error
// says what is wrong and names the target.
func (c *Client) Ping(ctx context.Context) error {
	ex := c.Do(ctx, "", request.Request{Method: http.MethodGet, Path: "/", Effect: spec.Reads}, "")
	if ex.Response == nil && ex.FailureKind != spec.FailureHead {
		return errors.New(c.config.BaseURL + ": " + ex.Failure)
	}
	return nil
}

func repeatable(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return false
}
