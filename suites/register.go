package suites

import (
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/generic"
	"github.com/hostup/api-conformance/suites/generic/access"
	"github.com/hostup/api-conformance/suites/generic/answers"
	"github.com/hostup/api-conformance/suites/generic/limits"
	"github.com/hostup/api-conformance/suites/generic/protocol"
	"github.com/hostup/api-conformance/suites/generic/repeat"
	"github.com/hostup/api-conformance/suites/hostup/activity"
	"github.com/hostup/api-conformance/suites/hostup/cards"
	"github.com/hostup/api-conformance/suites/hostup/hosting"
	"github.com/hostup/api-conformance/suites/hostup/orders"
	"github.com/hostup/api-conformance/suites/hostup/pay"
)

// Register declares the specs of every area. Call it once for each tree, before
// RunSpecs; nothing is sent.
func Register(e *env.Env) {
	list := areas
	if e.Config.Foreign {
		list = anyDocument
	}
	for _, area := range list {
		area(e)
	}
}

// anyDocument are the areas of a document without a pack.
var anyDocument = []func(*env.Env){generic.Register}

// areas of the pack in the order of the folders. TestAreas fails when one is missing.
var areas = []func(*env.Env){
	access.Register,
	activity.Register,
	answers.Register,
	cards.Register,
	hosting.Register,
	limits.Register,
	orders.Register,
	pay.Register,
	protocol.Register,
	repeat.Register,
}
