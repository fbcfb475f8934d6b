// Package embedded provides the target of a run that names none: the reference server of
// the pack, on a loopback address. Besides the proof and the commands, only this package
// knows where this server comes from; the suite reaches it through [Server].
package embedded

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/internal/loopback"
)

// A Server is an API that can be tested without asking anybody: its data does not matter.
type Server interface {
	http.Handler

	// Settings returns the credentials and the data that a run against it needs, by the
	// keys of the settings.
	Settings() map[string]string

	// BurstKey returns a credential whose rate limit may be exhausted.
	BurstKey() string
}

// New returns a new server with lists of pageSize rows per page; 0 means the default.
func New(pageSize int) (Server, error) {
	server, err := refserver.New(refserver.Config{PageSize: pageSize})
	if err != nil {
		return nil, err // not the typed nil
	}
	return server, nil
}

// burst requests exhaust the rate limit of the reference server's limited key, which
// allows five requests a second: several windows at once.
const burst = 20

// A Reference is a server that listens, on a loopback address unless it is exposed.
type Reference struct {
	URL string // origin for clients of this machine, such as "http://127.0.0.1:8080"

	server   Server
	listener *loopback.Server
}

// Listen starts a server at an address such as "127.0.0.1:8080"; port 0 picks a free one.
// Only loopback addresses are allowed: the server's keys are public. around wraps its
// handler, for example with a log.
func Listen(addr string, server Server, around ...func(http.Handler) http.Handler) (*Reference, error) {
	return started(loopback.Listen, addr, server, around)
}

// Expose is Listen for an address that other machines may reach, such as "0.0.0.0:8080".
func Expose(addr string, server Server, around ...func(http.Handler) http.Handler) (*Reference, error) {
	return started(loopback.Expose, addr, server, around)
}

func started(listen func(string, http.Handler) (*loopback.Server, error), addr string, server Server, around []func(http.Handler) http.Handler) (*Reference, error) {
	var handler http.Handler = server
	for _, wrap := range around {
		handler = wrap(handler)
	}
	l, err := listen(addr, handler)
	if err != nil {
		return nil, err
	}
	return &Reference{URL: l.URL, server: server, listener: l}, nil
}

// At returns the Reference of a server that listens elsewhere, at an origin. Do not call
// its Wait, Close and Stop.
func At(origin string, server Server) *Reference { return &Reference{URL: origin, server: server} }

// BurstKey returns that of the server.
func (r *Reference) BurstKey() string { return r.server.BurstKey() }

// Configure returns cfg with the server as target: its address, keys and data replace
// those of cfg. A burst of 0 becomes one that works; a negative one stays: such a run
// skips the burst, and saves the second that the rate limit takes to recover.
func (r *Reference) Configure(cfg config.Config) config.Config {
	cfg.BaseURL, cfg.ConfirmHost = r.URL, ""
	for key, value := range r.server.Settings() {
		if err := cfg.Set(key, value); err != nil {
			panic("embedded: " + err.Error()) // a bug of the server
		}
	}
	cfg.Burst = cmp.Or(cfg.Burst, burst)
	return cfg
}

// Environ returns the variables, as NAME=value, that clients of the server and runs of
// the suite against it need. They allow payments, which otherwise no loopback address
// gets unless the user says so.
func (r *Reference) Environ() []string {
	cfg := r.Configure(settings.Default())
	want := []string{cfg.Variable("base-url"), cfg.Variable("safety")}
	for key := range r.server.Settings() {
		want = append(want, cfg.Variable(key))
	}
	cfg.Safety = config.Pay
	return slices.DeleteFunc(cfg.Environ(), func(line string) bool {
		name, _, _ := strings.Cut(line, "=")
		return !slices.Contains(want, name)
	})
}

// Wait blocks until the server has stopped; the error says why, and is nil after Close or
// Stop.
func (r *Reference) Wait() error { return r.listener.Wait() }

// Close stops the server and drops its connections.
func (r *Reference) Close() error { return r.listener.Close() }

// Stop lets requests in flight finish, for a moment, and closes the server.
func (r *Reference) Stop() error { return r.listener.Stop() }
