package client

import (
	"net/http"
	"net/url"
	"time"

	"github.com/hostup/api-conformance/suites/config"
)

// connect creates the transports. They have no time-outs of their own: the context of a
// request bounds all of it, so that every time-out is reported in the same way.
func (c *Client) connect() error {
	trust, err := c.config.TLS()
	if err != nil {
		return err
	}
	if c.proxy, err = proxyFor(c.base); err != nil {
		return err
	}
	t := &http.Transport{
		Proxy:             func(r *http.Request) (*url.URL, error) { return c.proxy(r.URL) },
		DialContext:       dial,
		TLSClientConfig:   trust,
		ForceAttemptHTTP2: true,
		// A target that sends pings and reads nothing would keep a connection open
		// endlessly.
		HTTP2:                  &http.HTTP2Config{WriteByteTimeout: c.config.RequestTimeout},
		DisableCompression:     true, // body decodes within limits
		MaxResponseHeaderBytes: headerLimit,
		MaxIdleConnsPerHost:    config.MaxConcurrency,
		IdleConnTimeout:        5 * time.Second, // shorter than servers keep theirs: nginx 75 s, Node.js 5 s
	}
	c.shared = t
	c.single = t.Clone()
	// Unlike DisableKeepAlives this sends no "Connection: close".
	c.single.MaxIdleConnsPerHost = -1
	return nil
}

// transport returns the transport for a request, which is to have its own connection or
// may share one; call done after it. A body where none
// may be would be the beginning of the next response on a shared connection, so what may
// be answered without a body (HEAD, 304) has its own as well.
//
// An HTTP/2 connection is kept whatever the transport says, so each request that must not
// share one gets its own transport there.
func (c *Client) transport(hr *http.Request, own bool) (t *http.Transport, done func()) {
	bodiless := hr.Method == http.MethodHead || hr.Header.Get("If-None-Match") != "" || hr.Header.Get("If-Modified-Since") != ""
	switch {
	case !own && !c.KeepsNone() && (repeatable(hr.Method) && !bodiless || c.steady):
		return c.shared, func() {}
	case c.base.Scheme != "https":
		return c.single, func() {}
	}
	t = c.single.Clone()
	return t, t.CloseIdleConnections
}
