package access_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites/config"
)

// Each fault is found by the requirement that it violates.
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
			if ids := area.Found(area.Run(t, x.change, config.Pay, x.want)); !slices.Contains(ids, x.want) {
				t.Errorf("want a finding of %s, got %v", x.want, ids)
			}
		})
	}
}
