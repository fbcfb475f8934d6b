package suites

import (
	"github.com/hostup/api-conformance/suites/activity"
	"github.com/hostup/api-conformance/suites/answers"
	"github.com/hostup/api-conformance/suites/cards"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/orders"
	"github.com/hostup/api-conformance/suites/pay"
)

// Register declares the specs of every area. Call it once for each tree, before
// RunSpecs; nothing is sent.
func Register(e *env.Env) {
	for _, area := range areas {
		area(e)
	}
}

// areas in the order of the folders. A folder that has a Register and is missing
// here fails TestAreas.
var areas = []func(*env.Env){
	activity.Register,
	answers.Register,
	cards.Register,
	orders.Register,
	pay.Register,
}
