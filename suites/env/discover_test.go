package env_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/internal/targettest"

	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup"
)

const (
	hosting  = "/api/v2/shared-hosting"
	tiersOf1 = hosting + "/acct_1/addons/storage"
	tiersOf2 = hosting + "/acct_2/addons/storage"
)

// answers are the responses of a target by path: a body, or a status and a body.
type answers map[string]string

func (a answers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, ok := a[r.URL.Path]
	status := http.StatusOK
	if !ok {
		status = http.StatusNotFound
	}
	if _, err := fmt.Sscanf(text, "%3d", &status); err == nil {
		text = text[3:]
	}
	w.Header().Set("Content-Type", "application/json")
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "3600")
	}
	w.WriteHeader(status)
	fmt.Fprint(w, text)
}

func account(id, status string) string {
	return fmt.Sprintf(`{"id":%q,"serviceStatus":%q}`, id, status)
}

func tierList(allowed bool, tiers ...string) string {
	return fmt.Sprintf(`{"tiers":[%s],"actions":{"canAddStorage":{"allowed":%t}}}`, strings.Join(tiers, ","), allowed)
}

const (
	open10 = `{"id":"storage-10gb","available":true}`
	shut20 = `{"id":"storage-20gb","available":false}`
)

// TestDiscover: what is found, and otherwise one reason that names the variable to set.
func TestDiscover(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	one := `{"data":[` + account("acct_1", "active") + `]}`
	two := `{"data":[` + account("acct_1", "active") + `,` + account("acct_2", "active") + `]}`
	const (
		noAccount = "set HOSTUP_ACCOUNT_ID: "
		noTier    = "set HOSTUP_ADDON_ID: "
		unknown   = noTier + "no account is known whose storage tiers could be listed, as HOSTUP_ACCOUNT_ID is not set either"
	)
	for _, test := range []struct {
		name           string
		target         answers
		change         func(*config.Config)
		account, addon string // the result, or the reason
	}{
		{"both", answers{hosting: one, tiersOf1: tierList(true, shut20, open10)}, nil, "acct_1", "storage-10gb"},
		{"the account that may be extended", answers{hosting: two, tiersOf1: tierList(false, open10), tiersOf2: tierList(true, open10)}, nil, "acct_2", "storage-10gb"},
		{"an active account before a suspended one", answers{
			hosting: `{"data":[` + account("acct_1", "suspended") + `,` + account("acct_2", "active") + `]}`, tiersOf1: tierList(true, open10), tiersOf2: tierList(true, open10),
		}, nil, "acct_2", "storage-10gb"},
		{"a closed gate, and nothing better", answers{hosting: one, tiersOf1: tierList(false, open10)}, nil, "acct_1", "storage-10gb"},
		{"given", answers{tiersOf1: tierList(true, open10)}, func(c *config.Config) { c.Give("account-id", "acct_1"); c.Give("addon-id", "storage-7") }, "acct_1", "storage-7"},
		{"given account", answers{hosting: two, tiersOf2: tierList(true, open10)}, func(c *config.Config) { c.Give("account-id", "acct_2") }, "acct_2", "storage-10gb"},

		{"no account", answers{hosting: `{"data":[]}`}, nil, noAccount + "the list of shared hosting accounts shows none", unknown},
		{"no list", answers{hosting: `{"accounts":[]}`}, nil, noAccount + "GET " + hosting + " was answered without a list", unknown},
		{"a list at the top", answers{hosting: `[]`}, nil, noAccount + "GET " + hosting + " was answered without a list", unknown},
		{"no JSON", answers{hosting: `<html>`}, nil, noAccount + "GET " + hosting + " was answered with what is not JSON", unknown},
		{"a failure", answers{hosting: "500{}"}, nil, noAccount + "GET " + hosting + " was answered with status 500", unknown},
		{"no operation", answers{}, nil, noAccount + "GET " + hosting + " cannot be used, the target does not offer it: a valid request was answered with status 404", unknown},
		{"too few scopes", answers{hosting: "403{}"}, nil, noAccount + "GET " + hosting + " cannot be used, the key may not use it: give HOSTUP_API_KEY the scope read:hosting", unknown},
		{"a refused key", answers{hosting: "401{}"}, nil, noAccount + "GET " + hosting + " was answered with status 401", unknown},
		{"no key", answers{hosting: one}, func(c *config.Config) { c.Give("api-key", "") }, noAccount + "GET " + hosting + " needs HOSTUP_API_KEY, which is not set", unknown},
		{"a limit", answers{hosting: "429{}"}, nil, noAccount + "GET " + hosting + " was answered with status 429: the target limits the rate of requests and asks to wait 1h0m0s", unknown},

		{"no tiers", answers{hosting: one, tiersOf1: tierList(true)}, nil, "acct_1", noTier + "account acct_1 has no storage tiers"},
		{"no available tier", answers{hosting: one, tiersOf1: tierList(true, shut20)}, nil, "acct_1", noTier + "account acct_1 has no available storage tier (1 listed)"},
		{"no available tier in two", answers{hosting: two, tiersOf1: tierList(true, shut20), tiersOf2: tierList(true)}, nil, "acct_1",
			noTier + "none of 2 accounts has an available storage tier; of the first, account acct_1 has no available storage tier (1 listed)"},
		{"no list of tiers", answers{hosting: one, tiersOf1: `{}`}, nil, "acct_1", noTier + "GET " + hosting + "/{accountId}/addons/storage was answered without a list of tiers for account acct_1"},
		{"tiers that fail", answers{hosting: one, tiersOf1: "502{}"}, nil, "acct_1", noTier + "GET " + hosting + "/{accountId}/addons/storage was answered with status 502 for account acct_1"},
		{"tiers that are not offered", answers{hosting: one}, nil, "acct_1", noTier + "GET " + hosting + "/{accountId}/addons/storage cannot be used, the target does not offer it: a valid request was answered with status 404 for account acct_1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cfg := targettest.Config(targettest.Serve(t, test.target.ServeHTTP))
			cfg.RateLimitBudget = time.Second
			if test.change != nil {
				test.change(&cfg)
			}
			c := targettest.Client(t, cfg)
			e := env.New(contract, cfg, c, 1)
			e.Pack = hostup.Pack()
			if _, err := e.Discover(t.Context()); err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]string{"accountId": test.account, "addonId": test.addon} {
				got := e.Data[name]
				if got == "" {
					got = e.WhyMissing(name)
				}
				if !strings.HasPrefix(got, want) {
					t.Errorf("%s\ngot  %s\nwant %s", name, got, want)
				}
			}
			if got, want := e.WhyMissing("invoiceId"), "set HOSTUP_INVOICE_ID: no documented read lists unpaid invoices; the suite may pay it"; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if e.Data["cardId"] != "primary" {
				t.Errorf("card %q", e.Data["cardId"])
			}
		})
	}
}

// TestDiscoverNoAnswer: a missing response is a reason as well, without secrets.
func TestDiscoverNoAnswer(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	cfg := targettest.Config(targettest.Raw(t, func(c targettest.Conn) {
		if line := c.Line(); strings.Contains(line, " / ") {
			c.Rest()
			c.Say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			return
		}
		c.Rest()
		c.Say(targettest.Canary + "\r\n\r\n")
	}))
	c := targettest.Client(t, cfg)
	e := env.New(contract, cfg, c, 1)
	e.Pack = hostup.Pack()
	record, err := e.Discover(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := e.WhyMissing("accountId"), "set HOSTUP_ACCOUNT_ID: GET "+hosting+" got no response: what was sent is not HTTP: "; !strings.HasPrefix(got, want) || strings.Contains(got, targettest.Canary) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if len(record.Findings) == 0 {
		t.Error("that no answer came is no finding")
	}
}
