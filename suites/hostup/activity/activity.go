// Package activity tests GET /api/v2/billing/activity beyond single responses: kinds,
// pages, order.
package activity

import (
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/rule"
)

// Register declares the specs.
func Register(e *env.Env) {
	rule.Describe(e, "activity", func() {
		registerKinds(e)
		registerRows(e)
		registerPages(e)
		registerPageInput(e)
	})
}
