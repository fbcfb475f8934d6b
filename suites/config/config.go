package config

import (
	"cmp"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
)

// A Config holds every setting of a run. It is a value: comparable, safe to copy, and
// never modified by this package after [Load]. It holds secrets; print [Config.Settings]
// instead.
type Config struct {
	// BaseURL is the origin of the target without a trailing slash. Empty means the
	// embedded reference server; whoever starts it sets BaseURL to its address.
	BaseURL string

	Safety    Safety
	Strict    bool // findings of level SHOULD fail the run
	ReportDir string
	HAR       string // path of a file for all exchanges; empty: none
	Procs     int    // processes that share the specs
	// Concurrency is the number of read-only specs that a process runs concurrently;
	// fewer if RPS requires it. 0 means 1.
	Concurrency int
	Seed        int64 // for the order of specs and for made-up values; 0: chosen by the run

	LabelFilter string // a Ginkgo label filter; empty selects all
	Operation   string // operations to test, one per line, as "GET /path", /path or operationId; empty: all
	Profile     string // name of a profile of package spec: what kind of target is expected; empty: any
	Spec        string // path of an OpenAPI document; empty: the built-in one

	// For a document without a pack.
	Foreign     bool   // set by the run: the document has no pack
	BasePath    string // path of the target in place of that of the document's server; empty: none
	Data        string // values of inputs, one "name=value" per line; see package suites/request
	Tags        string // tags of the operations to test, one per line; empty: all
	Overlays    string // paths of overlays, one per line
	Identities  string // path of a YAML file of credentials by identity and scheme
	Credentials string // secret: credentials by identity and scheme as JSON, see [Config.Credential]
	Depth       Depth  // how many requests an operation gets
	MaxRequests int    // limit of requests for the whole run; 0: none
	MaxWrites   int    // limit of accepted writes of the run
	KeepGoing   bool   // test even a target that fails as a whole

	RequestTimeout  time.Duration // of one request, from dialling to the last byte of the body
	RPS             float64       // requests per second of the whole run, divided among Procs; 0: no limit
	Burst           int           // requests sent at once to provoke a 429; 0: not tried
	RateLimitBudget time.Duration // longest total wait on 429 responses
	Settle          time.Duration // longest time until a payment, or a change at the target of --spec, shows up
	MaxPages        int           // pages of one list that are read

	ConfirmHost string // host that may be charged, see [Config.Confirm]
	MaxPayments int    // payments that a run may make
	MaxOrders   int    // orders, and other changes, that a run may make

	CAFile     string // PEM certificates trusted in addition to the system's
	ClientCert string // PEM file
	ClientKey  string // PEM file
	Insecure   bool   // do not verify the target's certificate

	NoKey        bool // test without a key on purpose; no credential is used then
	AllowPartial bool // a run may test fewer than half of its MUST requirements

	Names  *Names `json:"-"` // of the pack's settings; nil: there is no pack
	Values Values // secret: credentials and data of a pack, see [Config.Get]; what is missing is discovered
}

// Default returns the configuration that [Load] returns if nothing is set. names may be
// nil.
func Default(names *Names) Config {
	c := Config{
		Names:           names.or(),
		Safety:          ReadOnly, // Pay for the embedded server, see Load
		ReportDir:       "reports",
		Procs:           1,
		Concurrency:     24,
		RequestTimeout:  10 * time.Second,
		RateLimitBudget: 60 * time.Second,
		Settle:          10 * time.Second,
		MaxPages:        20,
		MaxPayments:     4,
		MaxOrders:       20,
		MaxWrites:       100,
		Depth:           Standard,
	}
	for _, o := range names.or().Own {
		if o.Default != "" {
			c.Give(o.Key, o.Default)
		}
	}
	return c
}

// An Error lists what is wrong with the configuration, one problem per line, without
// values of secrets. Commands exit with 2 on it.
type Error struct{ Problems []string }

func (e *Error) Error() string { return strings.Join(e.Problems, "\n") }

// Host returns the host of the target, with its port if it has one; "" without BaseURL.
func (c Config) Host() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return u.Host
}

// Loopback reports whether the target is this machine: the embedded server, localhost, or
// a loopback address. Names are not resolved, as their meaning may change between check
// and request. Behind it may be a tunnel to anywhere, so it gives a run no additional
// rights.
func (c Config) Loopback() bool {
	if c.BaseURL == "" {
		return true
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return false
	}
	if strings.EqualFold(u.Hostname(), "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(u.Hostname())
	return err == nil && addr.Unmap().IsLoopback()
}

// Confirm returns an *Error if the run may charge cards and ConfirmHost does not name the
// host of the target, with or without port. [client.New] enforces it. On this machine
// ConfirmHost is optional, because its names say nothing about what is behind them; there
// only the tier must be set.
func (c Config) Confirm() error {
	if c.Safety < Pay || c.BaseURL == "" || c.Loopback() && c.ConfirmHost == "" {
		return nil
	}
	if u, err := url.Parse(c.BaseURL); err == nil && names(c.ConfirmHost, u) {
		return nil
	}
	if c.ConfirmHost == "" {
		return Errorf("safety pay charges cards at %s: confirm it with --confirm-host %s, or use --safety write", c.Host(), c.Host())
	}
	return Errorf("--confirm-host %q is not the host of the base URL, which is %s", c.ConfirmHost, c.Host())
}

// Notices returns sentences that every report of the run must show.
func (c Config) Notices() []string {
	var n []string
	if c.Insecure {
		n = append(n, "the certificate of the target was not verified (--insecure)")
	}
	if c.NoKey {
		n = append(n, "no key was used (--no-key)")
	}
	if strings.HasPrefix(c.BaseURL, "http://") && !c.Loopback() && len(c.secrets()) > 0 {
		n = append(n, "credentials were sent without encryption to "+c.Host())
	}
	return n
}

// names reports whether text is the host of a URL: the same name in any case, the same
// address in any spelling, without a port or with the effective one. Nothing is resolved,
// so another name of the same machine is another host.
func names(text string, base *url.URL) bool {
	u, err := url.Parse("//" + text)
	if addr, bare := netip.ParseAddr(text); bare == nil && addr.Is6() { // without brackets
		u, err = &url.URL{Host: "[" + text + "]"}, nil
	}
	if err != nil || text == "" || u.Host == "" || u.User != nil || u.Path+u.RawQuery+u.Fragment != "" || u.ForceQuery {
		return false
	}
	if strings.HasSuffix(u.Host, ":") || u.Port() != "" && u.Port() != Port(base) {
		return false
	}
	a, errA := netip.ParseAddr(u.Hostname())
	b, errB := netip.ParseAddr(base.Hostname())
	if errA == nil && errB == nil {
		return a == b
	}
	return strings.EqualFold(u.Hostname(), base.Hostname())
}

// Port returns the effective port of a URL.
func Port(u *url.URL) string {
	return cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
}

// MayMake says what the run may create and charge at its target, before it does; "" if
// nothing, or if the target is the embedded server.
func (c Config) MayMake() string {
	if c.BaseURL == "" || c.Safety < Write {
		return ""
	}
	if c.Foreign {
		return c.mayChange()
	}
	if c.Names.or().MayMake == nil {
		return ""
	}
	return "this run may make at " + c.Host() + ": " + c.Names.MayMake(c)
}

// Plural returns a count with its noun: "1 order", "2 orders".
func Plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Settings returns the settings that change what is tested, for the reports.
func (c Config) Settings() reporters.Settings {
	return reporters.Settings{
		Safety:       c.Safety.String(),
		Strict:       c.Strict,
		Procs:        c.Procs,
		LabelFilter:  c.filter(),
		Profile:      c.Profile,
		Seed:         c.Seed,
		Timeout:      c.RequestTimeout.String(),
		MayMake:      c.MayMake(),
		AllowPartial: c.AllowPartial,
		Credentials:  c.credentialVariables(),
	}
}
