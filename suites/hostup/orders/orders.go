// Package orders tests POST /api/v2/shared-hosting/{accountId}/addons/storage beyond
// single responses, and the list of tiers that an order is made from.
//
// Orders create invoices, so everything here needs the safety tier write, and all specs
// that only inspect the response share one order. Refusals come first: an account whose
// gate an order has closed refuses everything.
package orders

import (
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

// Register declares the specs.
func Register(e *env.Env) {
	rule.Describe(e, "orders", func() {
		rule.It(e, "are made from a list of tiers", rule.Of(flow.Tiers, "TIER-READ-001"), func(t *rule.T) { t.Accepted(t.Valid()) })
		rule.It(e, "are made for a listed account", rule.Of("listSharedHosting", "HOST-READ-001"), listsTheAccount)
		rule.Sequence(e, "placed", env.After, func() {
			registerRefusals(e)
			registerAccepted(e)
			if o := e.Contract.Operation(flow.Order); o != nil {
				rule.Success(e, o, flow.Ordered)
			}
		})
	})
}

// listsTheAccount: a configured account must be found; a discovered one was.
func listsTheAccount(t *rule.T) { t.Accepted(t.Valid()) }
