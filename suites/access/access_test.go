package access_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/env"
)

const families = "auth || scope || ownership"

var contract = sync.OnceValues(spec.Load)

// run runs the specs of this area against a reference server with other rules.
func run(t *testing.T, change func(*refserver.Rules), safety env.Safety, filter string) *reporters.Run {
	t.Helper()
	c, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	rules := refserver.DefaultRules()
	if change != nil {
		change(&rules)
	}
	server, err := refserver.New(refserver.Config{Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	cfg := env.Default()
	cfg.LabelFilter, cfg.Safety = filter, safety
	result, err := suites.Run(context.Background(), cfg, suites.Options{Contract: c, Reference: server})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// found are the requirements of the findings that specs of this area met.
func found(r *reporters.Run) []string {
	var ids []string
	for _, g := range r.Findings {
		if slices.ContainsFunc(g.Specs, func(name string) bool { return strings.HasPrefix(name, "access / ") }) && !slices.Contains(ids, g.First.Requirement) {
			ids = append(ids, g.First.Requirement)
		}
	}
	slices.Sort(ids)
	return ids
}

func ours(r *reporters.Run) (specs []reporters.SpecResult) {
	for _, s := range r.Specs {
		if s.Area == "access" {
			specs = append(specs, s)
		}
	}
	return specs
}

func TestCleanServer(t *testing.T) {
	r := run(t, nil, env.Pay, families)
	if ids := found(r); len(ids) > 0 {
		t.Errorf("the clean server has findings of %v", ids)
	}
	for _, s := range ours(r) {
		if s.Outcome != reporters.Passed {
			t.Errorf("%s: %s %v", s.Name, s.Outcome, s.Skip)
		}
	}
	if n := len(ours(r)); n < 90 {
		t.Errorf("%d specs, want at least 90", n)
	}
	if len(r.Created) > 0 {
		t.Errorf("the specs of access created %v at a sound target", r.Created)
	}
}

// Against a server that keeps the contract in its own way there is nothing to
// report: what is silent in the pages is free.
func TestVariants(t *testing.T) {
	for name, change := range map[string]func(*refserver.Rules){
		"X-API-Key on v2": func(r *refserver.Rules) {
			clean := r.Present
			r.Present = func(c *refserver.Call) (refserver.Credential, bool) {
				if key := c.Request.Header.Get("X-API-Key"); key != "" {
					return refserver.Credential{Secret: key}, true
				}
				return clean(c)
			}
		},
		"v1 forbids where v2 asks to authenticate": func(r *refserver.Rules) {
			clean := r.Authenticate
			r.Authenticate = func(c *refserver.Call) (refserver.Principal, *refserver.Refusal) {
				p, refusal := clean(c)
				if refusal != nil && c.Version == refserver.V1 {
					refusal = &refserver.Refusal{Status: 403, Code: "forbidden", Title: "Forbidden", Detail: "No."}
				}
				return p, refusal
			}
		},
		"another customer's account is forbidden": func(r *refserver.Rules) {
			clean := r.FindAccount
			r.FindAccount = func(c *refserver.Call, id string) (refserver.Account, *refserver.Refusal) {
				a, refusal := clean(c, id)
				if _, exists := c.Server.Store().Account(id); exists && refusal != nil {
					refusal = &refserver.Refusal{Status: 403, Code: "forbidden", Title: "Forbidden", Detail: "Not yours."}
				}
				return a, refusal
			}
		},
		"the tier is looked up before the scope": func(r *refserver.Rules) {
			clean := r.Authorize
			r.Authorize = func(c *refserver.Call, scope string) *refserver.Refusal {
				if c.Operation.ID == refserver.OrderStorageAddon && !strings.Contains(string(c.Body), c.Server.Data().AddonID) {
					return &refserver.Refusal{Status: 400, Code: "invalid_request", Title: "Validation failed", Detail: "No such tier."}
				}
				return clean(c, scope)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			if ids := found(run(t, change, env.Pay, families)); len(ids) > 0 {
				t.Errorf("findings of %v", ids)
			}
		})
	}
}

// Each fault is found by the requirement that it breaks.
func TestFaults(t *testing.T) {
	only := func(op string, clean, broken func(*refserver.Call) (refserver.Principal, *refserver.Refusal)) func(*refserver.Call) (refserver.Principal, *refserver.Refusal) {
		return func(c *refserver.Call) (refserver.Principal, *refserver.Refusal) {
			if c.Operation.ID == op {
				return broken(c)
			}
			return clean(c)
		}
	}
	owner := refserver.Principal{Name: "anybody", Customer: "1001", Scopes: []string{"read:billing", "write:billing", "read:hosting"}, Limit: refserver.Limit{Requests: 1 << 30, Window: 1 << 40}}
	anybody := func(op string) func(*refserver.Rules) {
		return func(r *refserver.Rules) {
			r.Authenticate = only(op, r.Authenticate, func(*refserver.Call) (refserver.Principal, *refserver.Refusal) { return owner, nil })
		}
	}
	present := func(extra func(c *refserver.Call) (refserver.Credential, bool)) func(*refserver.Rules) {
		return func(r *refserver.Rules) {
			clean := r.Present
			r.Present = func(c *refserver.Call) (refserver.Credential, bool) {
				if credential, ok := extra(c); ok {
					return credential, true
				}
				return clean(c)
			}
		}
	}
	key := func(value string) (refserver.Credential, bool) {
		return refserver.Credential{Secret: value}, value != ""
	}

	for name, x := range map[string]struct {
		change func(*refserver.Rules)
		want   string
	}{
		"anybody lists cards":    {anybody(refserver.ListCards), "AUTH-NONE-001"},
		"anybody lists v1 cards": {anybody(refserver.ListCardsV1), "AUTH-NONE-001"},
		"anybody orders":         {anybody(refserver.OrderStorageAddon), "AUTH-NONE-001"},
		"anybody pays":           {anybody(refserver.PayInvoice), "AUTH-NONE-001"},
		"the key in the query": {present(func(c *refserver.Call) (refserver.Credential, bool) {
			return key(c.Request.URL.Query().Get("api_key"))
		}), "AUTH-NONE-001"},
		"no credential is forbidden": {func(r *refserver.Rules) {
			clean := r.Authenticate
			r.Authenticate = func(c *refserver.Call) (refserver.Principal, *refserver.Refusal) {
				p, refusal := clean(c)
				if _, given := c.Request.Header["Authorization"]; refusal != nil && !given {
					refusal = &refserver.Refusal{Status: 403, Code: "forbidden", Title: "Forbidden"}
				}
				return p, refusal
			}
		}, "AUTH-NONE-001"},
		"Bearer without a key": {func(r *refserver.Rules) {
			clean := r.Authenticate
			r.Authenticate = func(c *refserver.Call) (refserver.Principal, *refserver.Refusal) {
				if c.Request.Header.Get("Authorization") == "Bearer" {
					return owner, nil
				}
				return clean(c)
			}
		}, "AUTH-EMPTY-001"},
		"an empty session": {func(r *refserver.Rules) {
			clean := r.Authenticate
			r.Authenticate = func(c *refserver.Call) (refserver.Principal, *refserver.Refusal) {
				if c.Request.Header.Get("Cookie") == "hostup_session=" {
					return owner, nil
				}
				return clean(c)
			}
		}, "AUTH-EMPTY-001"},
		"any key": {func(r *refserver.Rules) {
			r.Lookup = func(c *refserver.Call, credential refserver.Credential) (refserver.Principal, bool) {
				return owner, !credential.Session
			}
		}, "AUTH-UNKNOWN-001"},
		"the beginning of a key": {func(r *refserver.Rules) {
			clean := r.Lookup
			r.Lookup = func(c *refserver.Call, credential refserver.Credential) (refserver.Principal, bool) {
				full := c.Server.Credentials().APIKey
				if strings.HasPrefix(credential.Secret, full[:len(full)-1]) {
					credential.Secret = full
				}
				return clean(c, credential)
			}
		}, "AUTH-UNKNOWN-001"},
		"Basic": {present(func(c *refserver.Call) (refserver.Credential, bool) {
			user, _, _ := c.Request.BasicAuth()
			return key(user)
		}), "AUTH-SCHEME-001"},
		"Token": {present(func(c *refserver.Call) (refserver.Credential, bool) {
			value, _ := strings.CutPrefix(c.Request.Header.Get("Authorization"), "Token ")
			return key(strings.TrimPrefix(value, "Bearer "))
		}), "AUTH-SCHEME-001"},
		"the bare key": {present(func(c *refserver.Call) (refserver.Credential, bool) {
			return key(strings.TrimPrefix(c.Request.Header.Get("Authorization"), "Bearer "))
		}), "AUTH-SCHEME-001"},
		"no key pays": {func(r *refserver.Rules) {
			r.Authenticate = only(refserver.PayInvoice, r.Authenticate, func(*refserver.Call) (refserver.Principal, *refserver.Refusal) {
				return refserver.Principal{}, &refserver.Refusal{Status: 401, Code: "unauthorized", Header: http.Header{"Www-Authenticate": {"Bearer"}}}
			})
		}, "AUTH-KEY-001"},
		"no challenge": {func(r *refserver.Rules) {
			r.Answer = func(a *refserver.Answer) { a.Header.Del("WWW-Authenticate") }
		}, "AUTH-CHALLENGE-001"},
		"no session on cards": {func(r *refserver.Rules) {
			clean := r.Present
			r.Present = func(c *refserver.Call) (refserver.Credential, bool) {
				credential, ok := clean(c)
				return credential, ok && !(credential.Session && c.Operation.ID == refserver.ListCards)
			}
		}, "AUTH-SESSION-001"},
		"no session on orders": {func(r *refserver.Rules) {
			clean := r.Present
			r.Present = func(c *refserver.Call) (refserver.Credential, bool) {
				credential, ok := clean(c)
				return credential, ok && !(credential.Session && c.Operation.ID == refserver.OrderStorageAddon)
			}
		}, "AUTH-SESSION-001"},
		"a session sees fewer rows": {func(r *refserver.Rules) {
			clean := r.ListTransactions
			r.ListTransactions = func(c *refserver.Call) []refserver.Transaction {
				rows := clean(c)
				if c.Principal.Name == "session" {
					rows = rows[1:]
				}
				return rows
			}
		}, "AUTH-SESSION-001"},
		"any session": {func(r *refserver.Rules) {
			clean := r.Lookup
			r.Lookup = func(c *refserver.Call, credential refserver.Credential) (refserver.Principal, bool) {
				if credential.Session {
					return owner, true
				}
				return clean(c, credential)
			}
		}, "AUTH-SESSION-002"},
		"a missing scope is unauthorized": {func(r *refserver.Rules) {
			clean := r.Authorize
			r.Authorize = func(c *refserver.Call, scope string) *refserver.Refusal {
				refusal := clean(c, scope)
				if refusal != nil {
					refusal.Status, refusal.Code = 401, "unauthorized"
				}
				return refusal
			}
		}, "SCOPE-MISSING-001"},
		"read:billing reads hosting": {func(r *refserver.Rules) {
			clean := r.Authorize
			r.Authorize = func(c *refserver.Call, scope string) *refserver.Refusal {
				if scope == "read:hosting" {
					scope = "read:billing"
				}
				return clean(c, scope)
			}
		}, "SCOPE-MISSING-001"},
		"read:billing orders": {func(r *refserver.Rules) {
			clean := r.Authorize
			r.Authorize = func(c *refserver.Call, scope string) *refserver.Refusal {
				return clean(c, strings.Replace(scope, "write:", "read:", 1))
			}
		}, "SCOPE-WRITE-001"},
		"reading needs to write": {func(r *refserver.Rules) {
			clean := r.Authorize
			r.Authorize = func(c *refserver.Call, scope string) *refserver.Refusal {
				return clean(c, strings.Replace(scope, "read:billing", "write:billing", 1))
			}
		}, "SCOPE-READ-001"},
		"everything is everybody's": {func(r *refserver.Rules) {
			r.Owns = func(*refserver.Call, string) bool { return true }
		}, "OWN-ACCESS-001"},
		"orders for anybody": {func(r *refserver.Rules) {
			clean := r.Owns
			r.Owns = func(c *refserver.Call, owner string) bool {
				return clean(c, owner) || c.Operation.ID == refserver.OrderStorageAddon
			}
		}, "OWN-ACCESS-001"},
		"a refusal shows the account": {func(r *refserver.Rules) {
			r.Answer = func(a *refserver.Answer) {
				if a.Status == 404 && a.Call.Params["accountId"] == a.Call.Server.Data().ForeignAccountID {
					a.Object()["account"] = map[string]any{"domain": "example.net"}
				}
			}
		}, "OWN-LEAK-001"},
		"a refusal names an invoice": {func(r *refserver.Rules) {
			r.Answer = func(a *refserver.Answer) {
				if a.Status == 404 && a.Call.Operation.ID == refserver.OrderStorageAddon {
					a.Object()["detail"] = "The account has the unpaid invoice inv_01hxa3b4c5d6e7f8g9h0j1k2m3."
				}
			}
		}, "OWN-LEAK-001"},
	} {
		t.Run(name, func(t *testing.T) {
			if ids := found(run(t, x.change, env.Pay, x.want)); !slices.Contains(ids, x.want) {
				t.Errorf("want a finding of %s, got %v", x.want, ids)
			}
		})
	}
}

// A read-only run sends nothing that a broken server could carry out, and says so.
func TestReadOnly(t *testing.T) {
	var (
		mu    sync.Mutex
		wrote []string
	)
	r := run(t, func(rules *refserver.Rules) {
		rules.Answer = func(a *refserver.Answer) {
			if a.Call.Request.Method == http.MethodPost {
				mu.Lock()
				defer mu.Unlock()
				wrote = append(wrote, a.Call.Request.URL.Path)
			}
		}
	}, env.ReadOnly, families)
	if len(wrote) > 0 {
		t.Errorf("a read-only run sent POST to %v", wrote)
	}
	for _, s := range ours(r) {
		if strings.HasPrefix(s.Operation, "POST") && (s.Outcome != reporters.Skipped || s.Skip.Code != reporters.SkipSafety) {
			t.Errorf("%s: %s %v, want skipped for safety", s.Name, s.Outcome, s.Skip)
		}
	}
}

// Credentials that resemble a valid one hold most of it: no report shows that.
func TestNoSecretInReport(t *testing.T) {
	server, err := refserver.New(refserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	secret := server.Credentials()
	r := run(t, func(rules *refserver.Rules) {
		rules.Authenticate = func(*refserver.Call) (refserver.Principal, *refserver.Refusal) {
			return refserver.Principal{}, &refserver.Refusal{Status: 402, Code: "odd"} // so that every exchange is shown
		}
	}, env.Pay, families)
	var text strings.Builder
	for _, x := range r.Exchanges {
		text.WriteString(x.Curl)
		text.WriteString(x.Request.Line)
		for _, h := range x.Request.Headers {
			text.WriteString(h.Name + ": " + h.Value + "\n")
		}
	}
	for _, s := range []string{secret.APIKey, secret.Session} {
		if strings.Contains(text.String(), s[:len(s)-1]) {
			t.Error("the report holds a credential without its last character")
		}
	}
	if len(r.Exchanges) < 20 {
		t.Errorf("%d exchanges in the report, want those of all findings", len(r.Exchanges))
	}
}
