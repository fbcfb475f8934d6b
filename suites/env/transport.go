package env

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"time"
)

// connect makes the transports. They have no time-out of their own: the context
// of a request bounds all of it, so that what took too long is said in one way.
func (c *Client) connect() error {
	trust, err := c.config.tls()
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
		MaxIdleConnsPerHost:    maxConcurrency,
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

func (c Config) tls() (*tls.Config, error) {
	t := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: c.Insecure}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		if err != nil {
			return nil, configErrorf("cannot read --ca-file %s: %s", c.CAFile, fileTrouble(err))
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool() // no system certificates here: the file's suffice
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, configErrorf("--ca-file %s holds no PEM certificate", c.CAFile)
		}
		t.RootCAs = pool
	}
	if (c.ClientCert == "") != (c.ClientKey == "") {
		return nil, configErrorf("client certificate and key belong together: give --client-cert and --client-key, or neither")
	}
	if c.ClientCert != "" {
		pair, err := tls.LoadX509KeyPair(c.ClientCert, c.ClientKey)
		if err != nil {
			return nil, configErrorf("cannot use --client-cert %s with --client-key %s: %s", c.ClientCert, c.ClientKey, pathTrouble(err))
		}
		t.Certificates = []tls.Certificate{pair}
	}
	return t, nil
}

// pathTrouble is an error with the one of two files that it is about.
func pathTrouble(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Path + ": " + path.Err.Error()
	}
	return err.Error()
}
