package loopback

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
)

// Log returns a wrapper that writes one line for each request: method, path and
// status. Queries and headers may hold secrets and are left out.
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

// A writer remembers the status of an answer. What else the writer of net/http can
// do (flush, hijack) it can do as well: faults of the reference server need it.
type writer struct {
	http.ResponseWriter
	status int
}

func (w *writer) String() string {
	if w.status == 0 {
		return "-"
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

// Unwrap is for [http.ResponseController].
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush is [http.Flusher].
func (w *writer) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

// Hijack is [http.Hijacker].
func (w *writer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return http.NewResponseController(w.ResponseWriter).Hijack()
}
