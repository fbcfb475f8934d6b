package loopback

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
)

// Log returns middleware that writes one line for each request: method, path and status.
// It leaves out queries and headers, which may hold secrets.
func Log(out io.Writer) func(http.Handler) http.Handler {
	var mu sync.Mutex
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			seen := &writer{ResponseWriter: w}
			defer func() {
				mu.Lock()
				defer mu.Unlock()
				fmt.Fprintf(out, "%s %s %s\n", r.Method, r.URL.EscapedPath(), seen)
			}()
			next.ServeHTTP(seen, r)
		})
	}
}

// A writer records the status of a response. It supports what the writer of net/http does
// (flush, hijack): faults of the reference server need it.
type writer struct {
	http.ResponseWriter
	status int
	taken  bool // the handler writes to the connection itself
}

func (w *writer) String() string {
	switch {
	case w.taken:
		return "-"
	case w.status == 0:
		return "200" // net/http writes it after the handler
	}
	return fmt.Sprint(w.status)
}

func (w *writer) WriteHeader(status int) {
	if w.status < http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap supports [http.ResponseController].
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush implements [http.Flusher].
func (w *writer) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

// Hijack implements [http.Hijacker].
func (w *writer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.taken = true
	return http.NewResponseController(w.ResponseWriter).Hijack()
}
