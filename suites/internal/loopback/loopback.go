// Package loopback serves HTTP to this machine only, unless told otherwise, because the
// servers of this repository have public keys.
package loopback

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Limits of a connection. Responses are small: a client that does not read one within a
// minute is gone.
const (
	headerLimit = 10 * time.Second
	readLimit   = 30 * time.Second
	writeLimit  = time.Minute
	idleLimit   = 2 * time.Minute
	stopLimit   = 2 * time.Second // for requests in flight when the server stops
)

// A Server listens on a loopback address, or on any address when it is exposed.
type Server struct {
	URL string // origin for clients of this machine, such as "http://127.0.0.1:8080"

	http *http.Server
	done chan error
}

// Listen serves a handler at an address such as "127.0.0.1:8080"; port 0 picks a free
// one. An address that other machines can reach is an error.
func Listen(addr string, handler http.Handler) (*Server, error) {
	if err := check(addr); err != nil {
		return nil, err
	}
	return listen(addr, handler)
}

// Expose is Listen for an address that other machines may reach, such as "0.0.0.0:8080".
func Expose(addr string, handler http.Handler) (*Server, error) {
	if _, port, err := net.SplitHostPort(addr); err != nil || port == "" {
		return nil, malformed(addr)
	}
	return listen(addr, handler)
}

func listen(addr string, handler http.Handler) (*Server, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("cannot listen on %s: the port is in use, choose another one", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, cause(err))
	}
	s := &Server{
		URL:  "http://" + here(l.Addr()),
		done: make(chan error, 1),
		http: &http.Server{
			Handler:           handler,
			ReadHeaderTimeout: headerLimit,
			ReadTimeout:       readLimit,
			WriteTimeout:      writeLimit,
			IdleTimeout:       idleLimit,
			// Malformed requests of the suite would fill the terminal.
			ErrorLog: log.New(io.Discard, "", 0),
		},
	}
	go func() { s.done <- s.http.Serve(l) }()
	return s, nil
}

// here returns the address at which clients of this machine reach a listener.
func here(addr net.Addr) string {
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
	}
	return addr.String()
}

func malformed(addr string) error {
	return fmt.Errorf("cannot listen on %q: want host and port such as 127.0.0.1:8080", addr)
}

// check returns what is wrong with an address to listen on, nil if nothing.
func check(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil || port == "" {
		return malformed(addr)
	}
	ip, err := netip.ParseAddr(host)
	if strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("cannot listen on %s: the server has public keys and serves this machine only, use 127.0.0.1:%s, or say --expose", addr, port)
}

// cause returns a net error without operation and address, which the message already has.
func cause(err error) error {
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		return op.Err
	}
	return err
}

// Wait blocks until the server has stopped; the error says why, and is nil after Close or
// Stop.
func (s *Server) Wait() error {
	err := <-s.done
	s.done <- err
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Close stops the server and drops its connections.
func (s *Server) Close() error { return s.http.Close() }

// Stop lets requests in flight finish, for a moment, and closes the server.
func (s *Server) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopLimit)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		return s.http.Close()
	}
	return nil
}
