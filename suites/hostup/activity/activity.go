// Package activity tests GET /api/v2/billing/activity beyond what each of its
// answers shows by itself: kinds, pages, order.
package activity

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/suites/env"
)

// Register declares the specs.
func Register(e *env.Env) {
	ginkgo.Describe("activity", func() {
		registerKinds(e)
		registerRows(e)
		registerPages(e)
		registerPageInput(e)
	})
}
