package access_test

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites/config"
)

// At a server that conforms in its own way nothing is found: what the pages do not say is
// free.
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
			if ids := area.Found(area.Run(t, change, config.Pay, families)); len(ids) > 0 {
				t.Errorf("findings of %v", ids)
			}
		})
	}
}
