package suites

import (
	"github.com/hostup/api-conformance/suites/access"
	"github.com/hostup/api-conformance/suites/activity"
	"github.com/hostup/api-conformance/suites/answers"
	"github.com/hostup/api-conformance/suites/cards"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/generic"
	"github.com/hostup/api-conformance/suites/hosting"
	"github.com/hostup/api-conformance/suites/limits"
	"github.com/hostup/api-conformance/suites/orders"
	"github.com/hostup/api-conformance/suites/pay"
	"github.com/hostup/api-conformance/suites/protocol"
	"github.com/hostup/api-conformance/suites/repeat"
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
