package spec

import (
	"net/http"
	"net/url"
	"time"
)

// An Exchange is one request with its response, their bytes and their timing: the unit
// that [Contract.Check] judges. It is plain data; nothing in it is shared with the
// network once recorded, and Check never changes it.
type Exchange struct {
	// ID distinguishes the exchanges of a run ("x0001"); it is empty outside a run.
	ID string

	// Operation is the operationId that the sender meant ("listPets"). It may be empty:
	// Check then finds the operation by method and path. A request that was broken on
	// purpose (unknown path, wrong method) has none.
	Operation string

	Request Request

	// Response is nil if the target sent no usable HTTP response; Failure then says why.
	Response *Response

	// Failure describes the transport error, without secrets: connection refused or
	// reset, time-out, malformed HTTP. Empty if there is a response.
	Failure string

	// FailureKind classifies Failure; empty if there is a response.
	FailureKind FailureKind

	// Duration runs from the first byte of the request to the last of the body.
	Duration time.Duration
}

// A Request is a request as it was sent.
type Request struct {
	Method string
	URL    *url.URL // absolute
	Header http.Header
	Body   []byte
	Sent   time.Time // when its first byte was written
}

// A Response is a response as it was received.
type Response struct {
	Status int
	Proto  string // "HTTP/1.1"
	Header http.Header

	// Body holds the bytes after transfer and content decoding, as far as they were read.
	Body []byte

	// BodyUnknown says that the body is not known: Body is meaningless, and only status and
	// headers are judged. It occurs in recordings of other tools, and where a body declares
	// more than the client reads.
	BodyUnknown bool

	// Length is the declared Content-Length of the body as sent, or -1.
	Length int64

	// ReadFailure says why reading the body stopped early (connection closed before the
	// declared length, bad chunk, size limit, time-out); empty if the body was read to
	// its end.
	ReadFailure string

	// ReadCause classifies ReadFailure: one of the Cause constants, "" without a failure.
	ReadCause string

	Received time.Time // when its last byte was read
}

// Path returns the escaped path of the request's URL, or "" without a URL.
func (r Request) Path() string {
	if r.URL == nil {
		return ""
	}
	return r.URL.EscapedPath()
}

// Why reading a body stopped early.
const (
	CauseFraming     = "framing"     // fewer or other bytes than the framing declares
	CauseTime        = "time"        // the time limit of the request
	CauseInterrupted = "interrupted" // the end of the run
	CauseSize        = "size"        // the size limit of the client
	CauseEncoding    = "encoding"    // a content coding that was not asked for, or is damaged
)
