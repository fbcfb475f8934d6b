package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"strings"
	"syscall"
	"unicode"

	"github.com/hostup/api-conformance/spec"
)

// The first words of some failures.
const (
	notSent       = "not sent: "
	cannotFind    = "cannot find the host "
	cannotConnect = "cannot connect to "
	tlsFailed     = "TLS failed with "
)

// Unreachable reports whether the exchange failed before the target could receive a
// request: name, connection, proxy or TLS.
func Unreachable(ex spec.Exchange) bool { return ex.FailureKind.Unreachable() }

// NotSent reports whether the request was never sent: above the safety tier, without its
// credential, not expressible in HTTP, or interrupted before.
func NotSent(ex spec.Exchange) bool { return ex.FailureKind == spec.FailureNotSent }

// Unsent returns the exchange of a request that is not sent, with the reason.
func Unsent(ex spec.Exchange, why string) spec.Exchange {
	ex.Failure, ex.FailureKind = notSent+why, spec.FailureNotSent
	return ex
}

// failure returns why there is no response, as kind and text.
func (c *Client) failure(err error, parent context.Context, p *progress) (spec.FailureKind, string) {
	_, connected := p.begun()
	if kind, words := c.early(err, parent, p); kind != "" {
		return kind, words
	}
	var op *net.OpError
	proxied := errors.As(err, &op) && op.Op == "proxyconnect"
	host, text := c.peer(proxied), err.Error()
	switch {
	case errors.Is(err, errAgain):
		return spec.FailureStreamRefused, "the target refused the HTTP/2 stream"
	case strings.Contains(text, "stream error:") && strings.Contains(text, "received from peer"):
		return spec.FailureStream, "the target reset the HTTP/2 stream before the response" + resetCode(text)
	case strings.Contains(text, "GOAWAY"):
		return spec.FailureStream, "the target ended the HTTP/2 connection before the response" + resetCode(text)
	case !connected && p.handshaking():
		return spec.FailureTLS, tlsFailed + host + ": the connection was closed during the handshake"
	case !connected && proxied, !connected && errors.As(err, &op) && op.Op == "dial":
		return spec.FailureConnect, cannotConnect + host + ": " + Brief(errors.Unwrap(op).Error())
	case !connected:
		return spec.FailureConnect, cannotConnect + host + ": " + Brief(text) // a response of the proxy to CONNECT: "Forbidden"
	case isReset(err):
		return spec.FailureReset, "connection reset before the response"
	}
	return unusable(err)
}

// early returns a failure of time, name, connection or TLS; the kind is "" for any other.
func (c *Client) early(err error, parent context.Context, p *progress) (spec.FailureKind, string) {
	_, connected := p.begun()
	var dns *net.DNSError
	var op *net.OpError
	host := c.peer(errors.As(err, &op) && op.Op == "proxyconnect")
	switch {
	case parent.Err() != nil:
		return spec.FailureInterrupted, "interrupted before the response"
	case isTimeout(err) && connected:
		return spec.FailureTimeout, fmt.Sprintf("no response within %v", c.config.RequestTimeout)
	case isTimeout(err) && p.handshaking():
		return spec.FailureConnectTimeout, fmt.Sprintf("%s%s: no end of the handshake within %v", tlsFailed, host, c.config.RequestTimeout)
	case isTimeout(err):
		return spec.FailureConnectTimeout, fmt.Sprintf("%s%s within %v", cannotConnect, host, c.config.RequestTimeout)
	case errors.As(err, &dns) && dns.IsNotFound:
		return spec.FailureName, cannotFind + dns.Name + ": no such name"
	case errors.As(err, &dns):
		return spec.FailureName, cannotFind + dns.Name + ": the name cannot be looked up"
	case errors.Is(err, syscall.ECONNREFUSED) && p.wrote():
		// net/http has repeated a read on a new connection.
		return spec.FailureClosed, "connection closed before the response, and refused when the request was sent again"
	case errors.Is(err, syscall.ECONNREFUSED):
		return spec.FailureConnect, cannotConnect + host + ": connection refused"
	}
	if words := tlsTrouble(err); words != "" {
		return spec.FailureTLS, tlsFailed + host + ": " + words
	}
	return "", ""
}

// peer names the other end of a connection: the target, or an unusable proxy.
func (c *Client) peer(proxied bool) string {
	if !proxied {
		return c.base.Host
	}
	if u, err := c.proxy(c.base); err == nil && u != nil {
		return "the proxy " + u.Host
	}
	return "the proxy"
}

// unusable classifies invalid bytes from a connection. net/http and its HTTP/2 export no
// types for most of it, so it matches their texts.
func unusable(err error) (spec.FailureKind, string) {
	text := err.Error()
	switch {
	case strings.Contains(text, "response headers exceeded"), strings.Contains(text, "header list larger than"):
		return spec.FailureHead, "response headers are longer than " + size(headerLimit)
	case strings.Contains(text, "stream error:"), strings.Contains(text, "connection error:"), strings.Contains(text, "http2: frame too large"):
		return spec.FailureProtocol, "what was sent is not HTTP/2" + resetCode(text)
	case strings.Contains(text, "malformed"), strings.Contains(text, "invalid header"), strings.Contains(text, "unsupported transfer encoding"),
		strings.Contains(text, "too many transfer encodings"), strings.Contains(text, "Content-Length"):
		return spec.FailureProtocol, "what was sent is not HTTP: " + Brief(strings.TrimPrefix(text, "net/http: HTTP/1.x transport connection broken: "))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(text, "server closed idle connection"), strings.Contains(text, "unexpected EOF"):
		return spec.FailureClosed, "connection closed before the response"
	}
	return spec.FailureUnknown, "no usable response: " + Brief(text)
}

// http2Code matches an HTTP/2 error code in an error text of net/http.
var http2Code = regexp.MustCompile(`\b(?:[A-Z0-9]+_)*(?:ERROR|STREAM|CANCEL|TIMEOUT|CLOSED|CALM|SECURITY|REQUIRED)\b`)

// resetCode returns ": " and the code of a reset or GOAWAY, "" if there is none.
func resetCode(text string) string {
	if code := http2Code.FindString(text); code != "" {
		return ": " + code
	}
	return ""
}

// tlsTrouble returns why TLS failed, "" if something else did.
func tlsTrouble(err error) string {
	var (
		verify *tls.CertificateVerificationError
		record tls.RecordHeaderError
		alert  tls.AlertError
		host   x509.HostnameError
		chain  x509.CertificateInvalidError
	)
	text := err.Error()
	switch {
	case errors.As(err, &host):
		return "the certificate is for another name: " + Brief(host.Error())
	case errors.As(err, &chain) && chain.Reason == x509.Expired:
		return "the certificate has expired or is not valid yet: " + Brief(chain.Detail)
	case errors.As(err, &verify):
		return "the certificate is not trusted: " + Brief(verify.Err.Error())
	case errors.As(err, &record), strings.Contains(text, "server gave HTTP response to HTTPS client"):
		return "the target does not talk TLS, is the base URL http?"
	case errors.As(err, &alert), strings.Contains(text, "remote error: tls"):
		return "the target refused: " + Brief(text)
	case strings.HasPrefix(text, "tls: "):
		return Brief(strings.TrimPrefix(text, "tls: "))
	}
	return ""
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}

func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// Brief returns a bounded text on one line, for text that may quote a target.
func Brief(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	const most = 300
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
