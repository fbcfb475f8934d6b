package spec

// A FailureKind classifies why a request got no usable response. Code decides by it;
// [Exchange.Failure] is for people, and its wording may change.
type FailureKind string

const (
	// FailureNotSent: the request was never sent. It is above the safety tier, lacks its
	// credential, cannot be written as HTTP, or the run ended before.
	FailureNotSent FailureKind = "not-sent"
	// FailureInterrupted: the run ended before the response came.
	FailureInterrupted FailureKind = "interrupted"
	// FailureName: the host cannot be resolved.
	FailureName FailureKind = "name"
	// FailureConnect: no connection was made, to the target or to a proxy.
	FailureConnect FailureKind = "connect"
	// FailureConnectTimeout: no connection, or no TLS handshake, within the time limit.
	FailureConnectTimeout FailureKind = "connect-timeout"
	// FailureTLS: a connection was made, and its TLS handshake failed.
	FailureTLS FailureKind = "tls"
	// FailureTimeout: the request was sent, and no response came in time.
	FailureTimeout FailureKind = "timeout"
	// FailureReset: the connection was reset before the response.
	FailureReset FailureKind = "reset"
	// FailureClosed: the connection was closed cleanly before the response.
	FailureClosed FailureKind = "closed"
	// FailureStream: the target reset an HTTP/2 stream, or ended its connection.
	FailureStream FailureKind = "stream"
	// FailureStreamRefused: the target refused the request at the HTTP/2 level, as it may
	// do with malformed ones (RFC 9113 section 8.1.1). A crashed handler looks different.
	FailureStreamRefused FailureKind = "stream-refused"
	// FailureHead: the head of the response is longer than the client reads.
	FailureHead FailureKind = "head"
	// FailureProtocol: the response is not HTTP.
	FailureProtocol FailureKind = "protocol"
	// FailureGone: the target has gone away; the exchange says nothing about an
	// operation.
	FailureGone FailureKind = "gone"
	// FailureUnknown: none of these.
	FailureUnknown FailureKind = "unknown"
)

// Unreachable reports a failure before the target could receive a request: name,
// connection, proxy or TLS.
func (k FailureKind) Unreachable() bool {
	return k == FailureName || k == FailureConnect || k == FailureConnectTimeout || k == FailureTLS
}

// TimedOut reports whether the request reached a time limit.
func (k FailureKind) TimedOut() bool { return k == FailureTimeout || k == FailureConnectTimeout }

// BrokenOff reports whether the target, or a proxy before it, ended the connection
// instead of responding.
func (k FailureKind) BrokenOff() bool {
	return k == FailureReset || k == FailureClosed || k == FailureStream
}
