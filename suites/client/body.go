package client

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// A trouble says why reading a body stopped early: a Cause of package spec, and a text.
type trouble struct{ cause, words string }

// declaredLength returns the value of Content-Length, or -1.
func declaredLength(h http.Header) int64 {
	v := h.Values("Content-Length")
	if len(v) != 1 {
		return -1
	}
	n, err := strconv.ParseInt(strings.TrimSpace(v[0]), 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// readBody reads the body of r. One that is as long as it declares is no fault of the target,
// however long it is, and counts as unknown if it is longer than the limit.
func (c *Client) readBody(parent context.Context, r *spec.Response, resp *http.Response, asked http.Header) {
	body, stopped := c.body(parent, resp, asked)
	if stopped.cause == spec.CauseSize && r.Length > int64(c.bodyLimit) {
		r.BodyUnknown = true
		return
	}
	r.Body, r.ReadFailure, r.ReadCause = body, stopped.words, stopped.cause
}

// body reads the body within the limits and undoes gzip. After a failure it also returns
// what was read before.
func (c *Client) body(parent context.Context, resp *http.Response, asked http.Header) ([]byte, trouble) {
	if resp.StatusCode == http.StatusSwitchingProtocols {
		// what follows is not HTTP and has no end
		return nil, trouble{spec.CauseTime, "the target switched protocols unasked, and no final answer came"}
	}
	raw, long, err := readUpTo(resp.Body, c.bodyLimit, resp.ContentLength)
	var failure trouble
	switch {
	case long:
		failure = trouble{spec.CauseSize, "body is longer than " + size(c.bodyLimit)}
	case err != nil && parent.Err() != nil:
		failure = trouble{spec.CauseInterrupted, fmt.Sprintf("interrupted after %s of the body", size(len(raw)))}
	case isTimeout(err):
		failure = trouble{spec.CauseTime, c.bodyFailure(resp, err, len(raw))}
	case err != nil:
		failure = trouble{spec.CauseFraming, c.bodyFailure(resp, err, len(raw))}
	}
	if len(raw) == 0 {
		return raw, failure
	}
	switch coding := contentCoding(resp.Header); coding {
	case "", "identity":
		return raw, failure
	case "gzip", "x-gzip":
		plain, damage := c.gunzip(raw)
		if failure.words == "" {
			failure = damage
		}
		return plain, failure
	default:
		if failure.words == "" {
			failure = trouble{spec.CauseEncoding, fmt.Sprintf("content encoding %s was not asked for", coding)}
			if strings.Contains(strings.ToLower(asked.Get("Accept-Encoding")), coding) {
				failure.words = fmt.Sprintf("content encoding %s cannot be decoded here", coding)
			}
		}
		return raw, failure
	}
}

func contentCoding(h http.Header) string {
	return strings.ToLower(strings.TrimSpace(strings.Join(h.Values("Content-Encoding"), ", ")))
}

func (c *Client) gunzip(raw []byte) ([]byte, trouble) {
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return raw, trouble{spec.CauseEncoding, "body is not gzip as Content-Encoding says"}
	}
	plain, long, err := readUpTo(z, c.bodyLimit, -1)
	switch {
	case long:
		return plain, trouble{spec.CauseSize, fmt.Sprintf("body is longer than %s after decompression, %s before", size(c.bodyLimit), size(len(raw)))}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return plain, trouble{spec.CauseEncoding, fmt.Sprintf("gzip data ends early, after %s", size(len(plain)))}
	case err != nil:
		return plain, trouble{spec.CauseEncoding, fmt.Sprintf("gzip data is damaged after %s", size(len(plain)))}
	}
	return plain, trouble{}
}

// readUpTo reads at most limit bytes and reports whether there are more. declared is the
// length that is expected, -1 if unknown.
func readUpTo(r io.Reader, limit int, declared int64) (data []byte, long bool, err error) {
	r = io.LimitReader(r, int64(limit)+1)
	const page = 64 << 10 // more is not set aside on the word of a target
	if declared >= 0 && declared <= page {
		buffer := bytes.NewBuffer(make([]byte, 0, declared+bytes.MinRead))
		_, err = buffer.ReadFrom(r)
		data = buffer.Bytes()
	} else {
		data, err = io.ReadAll(r)
	}
	if len(data) > limit {
		return data[:limit], true, nil
	}
	return data, false, err
}

func (c *Client) bodyFailure(resp *http.Response, err error, read int) string {
	switch {
	case isTimeout(err):
		return fmt.Sprintf("body did not end within %v, %s came", c.config.RequestTimeout, size(read))
	case errors.Is(err, io.ErrUnexpectedEOF) && resp.ContentLength >= 0:
		return fmt.Sprintf("connection closed after %d of %d declared bytes", read, resp.ContentLength)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Sprintf("connection closed in the middle of a chunk, after %s", size(read))
	case isReset(err):
		return fmt.Sprintf("connection reset after %s of the body", size(read))
	}
	if text := err.Error(); strings.Contains(text, "GOAWAY") { // it quotes what the target sends
		return fmt.Sprintf("the HTTP/2 connection ended after %s of the body%s", size(read), resetCode(text))
	}
	return fmt.Sprintf("body cannot be read after %s: %s", size(read), Brief(err.Error()))
}

// size formats a number of bytes.
func size(n int) string {
	switch {
	case n == 1:
		return "1 byte"
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
