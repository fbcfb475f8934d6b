package client

import (
	"net/http"
	"net/url"
	"time"

	"github.com/hostup/api-conformance/suites/config"
)

// connect makes the transports. They have no time-out of their own: the context
// of a request bounds all of it, so that what took too long is said in one way.
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
		// A target that sends pings and reads nothing would keep a connection for ever.
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

// transport is the one for a request of that method; done is called after it.
//
// An HTTP/2 connection is kept whatever the transport says, so that each request
// that must not be repeated gets a transport of its own there.
func (c *Client) transport(method string) (t *http.Transport, done func()) {
	switch {
	case repeatable(method):
		return c.shared, func() {}
	case c.base.Scheme != "https":
		return c.single, func() {}
	}
	t = c.single.Clone()
	return t, t.CloseIdleConnections
}
