package suites

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites/env"
)

// embeddedBurst provokes a 429 with the rate-limited key of the reference
// server, which allows five requests a second: several windows full at once.
const embeddedBurst = 20

// A Reference is a reference server that listens on a loopback address.
type Reference struct {
	URL string // origin, such as "http://127.0.0.1:8080"

	server *refserver.Server
	http   *http.Server
	done   chan error
}

// Listen starts a reference server at an address such as "127.0.0.1:8080"; port
// 0 takes a free one. The address has to be a loopback one: the server's keys
// are public.
func Listen(addr string, server *refserver.Server) (*Reference, error) {
	if err := loopback(addr); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("cannot listen on %s: the port is in use, choose another one", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, cause(err))
	}
	r := &Reference{
		URL:    "http://" + l.Addr().String(),
		server: server,
		done:   make(chan error, 1),
		http: &http.Server{
			Handler:           server,
			ReadHeaderTimeout: 10 * time.Second,
			// Requests of the suite that are no HTTP would fill the terminal.
			ErrorLog: log.New(io.Discard, "", 0),
		},
	}
	go func() { r.done <- r.http.Serve(l) }()
	return r, nil
}

// loopback says what is wrong with an address to listen on.
func loopback(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil || port == "" {
		return fmt.Errorf("cannot listen on %q: want host and port such as 127.0.0.1:8080", addr)
	}
	ip, err := netip.ParseAddr(host)
	if strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("cannot listen on %s: the reference server has public keys and serves this machine only, use 127.0.0.1:%s", addr, port)
}

// cause is an error of net without operation and address, which the message has.
func cause(err error) error {
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		return op.Err
	}
	return err
}

// Configure returns cfg with the server as target: its address, keys and data
// take the place of what cfg has. A burst that is not set becomes one that works;
// a negative one remains: such a run tries none, and saves the second that rate
// limits take to recover.
func (r *Reference) Configure(cfg env.Config) env.Config {
	keys, data := r.server.Credentials(), r.server.Data()
	cfg.BaseURL, cfg.ConfirmHost = r.URL, ""
	cfg.APIKey = keys.APIKey
	cfg.ReadOnlyAPIKey = keys.ReadOnlyAPIKey
	cfg.UnscopedAPIKey = keys.UnscopedAPIKey
	cfg.Session = keys.Session
	cfg.AccountID = data.AccountID
	cfg.ForeignAccountID = data.ForeignAccountID
	cfg.AddonID = data.AddonID
	cfg.InvoiceID = data.InvoiceID
	cfg.DeclinedInvoiceID = data.DeclinedInvoiceID
	cfg.CardID = data.CardID
	cfg.Burst = cmp.Or(cfg.Burst, embeddedBurst)
	return cfg
}

// Environ are the variables that clients of the server, and runs of the suite
// against it, need, as NAME=value. It may be charged, as nothing else at a loopback
// address may unless somebody says so.
func (r *Reference) Environ() []string {
	want := []string{
		"HOSTUP_BASE_URL", "HOSTUP_SAFETY", "HOSTUP_API_KEY", "HOSTUP_READONLY_API_KEY", "HOSTUP_UNSCOPED_API_KEY", "HOSTUP_SESSION",
		"HOSTUP_ACCOUNT_ID", "HOSTUP_FOREIGN_ACCOUNT_ID", "HOSTUP_ADDON_ID",
		"HOSTUP_INVOICE_ID", "HOSTUP_DECLINED_INVOICE_ID", "HOSTUP_CARD_ID",
	}
	cfg := r.Configure(env.Default())
	cfg.Safety = env.Pay
	return slices.DeleteFunc(cfg.Environ(), func(line string) bool {
		name, _, _ := strings.Cut(line, "=")
		return !slices.Contains(want, name)
	})
}

// Wait returns when the server has stopped; the error says why unless it was
// Close.
func (r *Reference) Wait() error {
	err := <-r.done
	r.done <- err
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Close stops the server and drops its connections.
func (r *Reference) Close() error { return r.http.Close() }
