package embedded

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/loopback"
)

// embeddedBurst provokes a 429 with the rate-limited key of the reference
// server, which allows five requests a second: several windows full at once.
const embeddedBurst = 20

// A Reference is a reference server that listens on a loopback address.
type Reference struct {
	URL string // origin, such as "http://127.0.0.1:8080"

	server   *refserver.Server
	listener *loopback.Server
}

// Listen starts a reference server at an address such as "127.0.0.1:8080"; port
// 0 takes a free one. The address has to be a loopback one: the server's keys
// are public. What wraps it, such as a log, may be given.
func Listen(addr string, server *refserver.Server, around ...func(http.Handler) http.Handler) (*Reference, error) {
	var handler http.Handler = server
	for _, wrap := range around {
		handler = wrap(handler)
	}
	l, err := loopback.Listen(addr, handler)
	if err != nil {
		return nil, err
	}
	return &Reference{URL: l.URL, server: server, listener: l}, nil
}

// Configure returns cfg with the server as target: its address, keys and data
// take the place of what cfg has. A burst that is not set becomes one that works;
// a negative one remains: such a run tries none, and saves the second that rate
// limits take to recover.
func (r *Reference) Configure(cfg config.Config) config.Config {
	return Configure(cfg, r.URL, r.server)
}

// Configure is [Reference.Configure] for a server that somebody else lets listen at
// an address.
func Configure(cfg config.Config, address string, server *refserver.Server) config.Config {
	keys, data := server.Credentials(), server.Data()
	cfg.BaseURL, cfg.ConfirmHost = address, ""
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
	cfg := r.Configure(config.Default())
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
