package config

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/hostup/api-conformance/spec/packs"
)

// A setting is one member of Config with its name in every layer. It is a pflag.Value, so
// that flags, variables and file share parser and messages.
type setting struct {
	name  string // of the environment variable
	key   string // in file and flags
	where where
	kind  string // shown in the usage text
	help  string
	set   func(string) error
	get   func() string
}

// where says which layers may give a setting besides the environment.
type where int

const (
	secret where = iota // environment only
	datum               // also file
	option              // also file and flag
)

func (s setting) Set(v string) error { return s.set(v) }
func (s setting) String() string     { return s.get() }
func (s setting) Type() string       { return s.kind }

// IsBoolFlag says that the usage text shows true and false, as for any boolean flag.
func (s setting) IsBoolFlag() bool { return s.kind == "bool" }

func (s setting) variable() string { return s.name }

// settings returns every setting, bound to c, in the order of the usage text.
func settings(c *Config) []setting {
	list := []setting{
		text("base-url", option, &c.BaseURL, "origin of the target, such as https://staging.example.com (default: embedded reference server)"),
		safety("safety", &c.Safety, "read-only, write (creates orders), delete (deletes what the run has not created) or pay (charges cards) (default: pay for the embedded server, read-only for every other target)"),
		boolean("strict", &c.Strict, "fail on violations of level SHOULD too"),
		text("report-dir", option, &c.ReportDir, "directory for the reports"),
		text("har", option, &c.HAR, "file for all exchanges of the run as HAR 1.2, redacted (default: none)"),
		number("procs", &c.Procs, 1, maxProcs, "processes that share the specs"),
		number("concurrency", &c.Concurrency, 1, MaxConcurrency, "reading specs that a process runs concurrently"),
		duration("request-timeout", &c.RequestTimeout, 1, "longest time for one request"),
		text("label-filter", option, &c.LabelFilter, "run only the specs whose labels match this expression"),
		list("operation", &c.Operation, `test only this operation: "GET /path" or its operationId; may be given again`),
		profile("profile", &c.Profile, "judge only what this kind of target can satisfy: static-mock (default: everything)"),
		text("spec", option, &c.Spec, "OpenAPI document to test against instead of the built-in one"),
		text("base-path", option, &c.BasePath, "path below which the target has the operations of --spec, / for none (default: that of the base URL, else of the document's server)"),
		list("overlay", &c.Overlays, "OpenAPI Overlay to apply to the document of --spec; may be given again"),
		list("tag", &c.Tags, "test only the operations with this tag; may be given again"),
		list("data", &c.Data, "name=value of an input that no response gives, such as petId=7 or getPet.petId=7; may be given again"),
		text("identities", option, &c.Identities, "YAML file of credentials by identity (primary, read-only, unscoped, other-customer) and security scheme"),
		depth("depth", &c.Depth, "requests for an operation of --spec: quick, standard (at most 12) or thorough"),
		number("max-requests", &c.MaxRequests, 0, math.MaxInt, "requests that the run may send (default: no limit)"),
		number("max-writes", &c.MaxWrites, 0, math.MaxInt, "changes that the target of --spec may accept"),
		seed("seed", &c.Seed, "seed of the order of specs (default: chosen and printed)"),
		rps("rps", &c.RPS, "limit the requests per second of the whole run (default: no limit)"),
		number("burst", &c.Burst, 0, maxBurst, "send this many requests at once to provoke a 429 (default: not tried)"),
		number("max-pages", &c.MaxPages, 1, math.MaxInt, "pages of one list to read"),
		duration("settle", &c.Settle, 0, "longest time until a payment, or a change at the target of --spec, is visible"),
		duration("rate-limit-budget", &c.RateLimitBudget, 0, "longest total wait on 429 answers"),
		text("confirm-host", option, &c.ConfirmHost, "host that may be charged; needed for --safety pay, except at a loopback address"),
		number("max-orders", &c.MaxOrders, 0, math.MaxInt, "orders, and other changes, that the run may make"),
		number("max-payments", &c.MaxPayments, 0, math.MaxInt, "payments that the run may make"),
		boolean("keep-going", &c.KeepGoing, "continue although every operation fails, refuses the key or is not there"),
		text("ca-file", option, &c.CAFile, "PEM file of certificates to trust besides the system's"),
		text("client-cert", option, &c.ClientCert, "PEM file with the client certificate"),
		text("client-key", option, &c.ClientKey, "PEM file with the key of the client certificate"),
		boolean("insecure", &c.Insecure, "do not verify the certificate of the target"),
		boolean("no-key", &c.NoKey, "test without "+c.Variable("api-key")+" on purpose"),
		boolean("allow-partial", &c.AllowPartial, "do not end with 3 when fewer than half of the MUST requirements were tested"),
	}
	for i := range list {
		list[i].name = c.Variable(list[i].key)
	}
	return append(list, own(c)...)
}

func text(key string, w where, p *string, help string) setting {
	return setting{"", key, w, "string", help, func(v string) error { *p = v; return nil }, func() string { return *p }}
}

// list is a setting with one value per line; the flag may be repeated.
func list(key string, p *string, help string) setting {
	return setting{"", key, option, "list", help, func(v string) error {
		*p = strings.Trim(*p+"\n"+v, "\n")
		return nil
	}, func() string { return *p }}
}

func safety(key string, p *Safety, help string) setting {
	return setting{"", key, option, "tier", help, func(v string) (err error) { *p, err = ParseSafety(v); return err }, func() string { return p.String() }}
}

func depth(key string, p *Depth, help string) setting {
	return setting{"", key, option, "string", help, func(v string) (err error) { *p, err = ParseDepth(v); return err }, func() string { return p.String() }}
}

func profile(key string, p *string, help string) setting {
	return setting{"", key, option, "string", help, func(v string) error {
		_, err := packs.ProfileNamed(v)
		if err == nil {
			*p = v
		}
		return err
	}, func() string { return *p }}
}

func boolean(key string, p *bool, help string) setting {
	return setting{"", key, option, "bool", help, func(v string) error {
		b, err := strconv.ParseBool(strings.TrimSpace(v))
		if err != nil {
			return fmt.Errorf("want true or false, got %q", v)
		}
		*p = b
		return nil
	}, func() string { return strconv.FormatBool(*p) }}
}

// Above these a mistyped number would exhaust this machine with processes or sockets
// before the target notices anything.
const (
	maxProcs = 64
	// MaxConcurrency limits the concurrent specs: more would be a load test.
	MaxConcurrency = 64
	maxBurst       = 5000
)

func number(key string, p *int, least, most int, help string) setting {
	return setting{"", key, option, "int", help, func(v string) error {
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || n < least {
			return fmt.Errorf("want a whole number, %d or more, got %q", least, v)
		}
		if n > most {
			return fmt.Errorf("want a whole number, at most %d, got %q", most, v)
		}
		*p = n
		return nil
	}, func() string { return strconv.Itoa(*p) }}
}

func seed(key string, p *int64, help string) setting {
	return setting{"", key, option, "int", help, func(v string) error {
		n, err := strconv.ParseInt(strings.TrimSpace(v), 10, 64)
		if err != nil {
			return fmt.Errorf("want a whole number of at most 64 bits, got %q", v)
		}
		*p = n
		return nil
	}, func() string { return strconv.FormatInt(*p, 10) }}
}

func rps(key string, p *float64, help string) setting {
	return setting{"", key, option, "number", help, func(v string) error {
		f, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) || f < 0 {
			return fmt.Errorf("want requests per second such as 5 or 0.5, 0 for no limit, got %q", v)
		}
		*p = f
		return nil
	}, func() string { return strconv.FormatFloat(*p, 'g', -1, 64) }}
}

func duration(key string, p *time.Duration, least time.Duration, help string) setting {
	return setting{"", key, option, "duration", help, func(v string) error {
		d, err := time.ParseDuration(strings.TrimSpace(v))
		switch {
		case err != nil:
			return fmt.Errorf("want a duration with its unit such as 10s or 1m30s, got %q", v)
		case d < least:
			return fmt.Errorf("want a longer duration such as 10s, got %q", v)
		}
		*p = d
		return nil
	}, func() string { return p.String() }}
}

// BindFlags declares the flags of the run command. [Load] reads their values; a flag that
// is not given leaves the setting to the other layers.
func BindFlags(names *Names, flags *pflag.FlagSet) {
	c := Default(names)
	var keys []string
	for _, s := range settings(&c) {
		keys = append(keys, s.key)
	}
	BindSome(names, flags, keys...)
}

// BindSome is BindFlags for a command with only some of the settings.
func BindSome(names *Names, flags *pflag.FlagSet, keys ...string) {
	c := Default(names)
	for _, s := range settings(&c) {
		if s.where != option || !slices.Contains(keys, s.key) {
			continue
		}
		f := flags.VarPF(s, s.key, "", s.help)
		switch {
		case s.kind == "bool":
			f.NoOptDefVal = "true"
		case s.key == "safety", s.get() == "0":
			f.DefValue = "" // the help text says what it is
		}
	}
	flags.String("config", "", "YAML file of settings, keys as the flags")
}
