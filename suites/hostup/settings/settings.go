// Package settings defines the settings of the HostUp pack: the names of variables,
// credentials and data. [Load] reads a configuration.
package settings

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/hostup/api-conformance/suites/config"
)

// Load reads the configuration of a run, see [config.Load].
func Load(flags *pflag.FlagSet, environ []string, path string) (config.Config, error) {
	return config.Load(Names(), flags, environ, path)
}

// Default returns the configuration that [Load] returns if nothing is set.
func Default() config.Config { return config.Default(Names()) }

// Names returns the names of the pack.
func Names() *config.Names { return names }

// Keys of the data of the target, and of another customer.
const (
	Account         = "account-id"
	ForeignAccount  = "foreign-account-id"
	Addon           = "addon-id"
	Invoice         = "invoice-id"
	DeclinedInvoice = "declined-invoice-id"
	Card            = "card-id"
)

// Keys of the credentials.
const (
	key         = "api-key"          // read:billing, write:billing, read:hosting
	readOnlyKey = "readonly-api-key" // read:billing only
	unscopedKey = "unscoped-api-key" // valid, without a billing scope
	session     = "session"          // value of the hostup_session cookie
)

var names = &config.Names{
	Prefix: "HOSTUP_",
	// Existing HostUp clients (lego, Terraform and DNS tools) read these, and are often
	// used on the same machine.
	Strange: []string{
		"HOSTUP_API_BASE", "HOSTUP_API_BASE_URL", "HOSTUP_HTTP_TIMEOUT", "HOSTUP_POLLING_INTERVAL",
		"HOSTUP_PROPAGATION_TIMEOUT", "HOSTUP_TTL", "HOSTUP_ZONE_ID",
	},
	Own: []config.Own{
		{Key: key, Secret: true},
		{Key: readOnlyKey, Secret: true},
		{Key: unscopedKey, Secret: true},
		{Key: session, Secret: true},
		{Key: Account},
		{Key: ForeignAccount},
		{Key: Addon},
		{Key: Invoice},
		{Key: DeclinedInvoice},
		{Key: Card, Default: "primary"},
	},
	Different: []config.Pair{
		{A: key, B: readOnlyKey, Why: "is a key with read:billing only"},
		{A: key, B: unscopedKey, Why: "is a key with neither billing scope"},
		{A: readOnlyKey, B: unscopedKey, Why: "is a key with neither billing scope"},
		{A: Account, B: ForeignAccount, Why: "belongs to another customer"},
		{A: Invoice, B: DeclinedInvoice, Why: "is one whose payment is declined"},
	},
	Header:    "X-API-Key",
	Cookie:    "hostup_session",
	Parameter: "api_key",
	Words:     []string{"hostup_session", "hostup-conformance", "hostup"},
	Roots:     []string{"/api", "/api/v2"},
	MayMake:   mayMake,
}

// mayMake says what a run may order and pay.
func mayMake(c config.Config) string {
	where := "an account that the target lists"
	if id := c.Get(Account); id != "" {
		where = "account " + id
	}
	parts := []string{fmt.Sprintf("at most %s of storage add-ons for %s, each with an unpaid invoice (--max-orders)", config.Plural(c.MaxOrders, "order"), where)}
	if c.Safety == config.Pay {
		parts = append(parts, fmt.Sprintf("at most %s (--max-payments) with card %s, %s", config.Plural(c.MaxPayments, "payment"), c.Get(Card), invoices(c)))
	}
	return strings.Join(parts, "; ")
}

// invoices says which invoices a run pays.
func invoices(c config.Config) string {
	id := c.Get(Invoice)
	if id == "" {
		return "of no invoice unless the target is broken: " + c.Variable(Invoice) + " is not set"
	}
	text := "of invoice " + id
	if declined := c.Get(DeclinedInvoice); declined != "" {
		text += ", and of " + declined + " if the target does not decline it"
	}
	return text
}
