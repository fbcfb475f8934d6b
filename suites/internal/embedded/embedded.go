// Package embedded is the server that a run tests when nobody names a target: the
// reference server of the pack, on a loopback address. It is the only room besides
// the proof and the commands that knows where this server comes from; the suite
// reaches it through [Server].
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

// A Server is an API that can be tested without asking anybody: nothing is lost with
// what is in it.
type Server interface {
	http.Handler

	// Settings are the credentials and the data that a run against it needs, by the
	// keys of the settings.
	Settings() map[string]string

	// BurstKey is a credential whose rate limit may be exhausted.
	BurstKey() string
}

// New returns a new server, whose lists have pages of that size; 0 is its usual one.
func New(pageSize int) (Server, error) {
	server, err := refserver.New(refserver.Config{PageSize: pageSize})
	if err != nil {
		return nil, err // not the typed nil
	}
	return server, nil
}

// burst provokes a 429 with the rate-limited key of the reference server, which
// allows five requests a second: several windows full at once.
const burst = 20

// A Reference is a server that listens, on a loopback address unless it is exposed.
type Reference struct {
	URL string // origin for clients of this machine, such as "http://127.0.0.1:8080"

	server   Server
	listener *loopback.Server
}

// Listen starts a server at an address such as "127.0.0.1:8080"; port 0 takes a free
// one. The address has to be a loopback one: the server's keys are public. What wraps
// it, such as a log, may be given.
func Listen(addr string, server Server, around ...func(http.Handler) http.Handler) (*Reference, error) {
	return started(loopback.Listen, addr, server, around)
}

// Expose is Listen for an address that others may reach, such as "0.0.0.0:8080".
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

// At returns the reference of a server that somebody else serves at an origin. It
// is not for Wait, Close and Stop.
func At(origin string, server Server) *Reference { return &Reference{URL: origin, server: server} }

// BurstKey is that of the server.
func (r *Reference) BurstKey() string { return r.server.BurstKey() }

// Configure returns cfg with the server as target: its address, keys and data
// take the place of what cfg has. A burst that is not set becomes one that works;
// a negative one remains: such a run tries none, and saves the second that rate
// limits take to recover.
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

// Environ are the variables that clients of the server, and runs of the suite
// against it, need, as NAME=value. It may be charged, as nothing else at a loopback
// address may unless somebody says so.
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

// Wait returns when the server has stopped; the error says why unless it was
// Close or Stop.
func (r *Reference) Wait() error { return r.listener.Wait() }

// Close stops the server and drops its connections.
func (r *Reference) Close() error { return r.listener.Close() }

// Stop lets requests under way come to their end, for a moment, and closes.
func (r *Reference) Stop() error { return r.listener.Stop() }
