package orders

import (
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

func registerRefusals(e *env.Env) {
	registerPaymentMethods(e)
	registerTiers(e)
	registerTierValues(e)
	registerBodies(e)
	registerAccounts(e)
	registerNearAccounts(e)
}

// about returns a function that registers specs about orders, each for one requirement.
func about(e *env.Env) func(text, requirement string, body func(t *rule.T)) {
	return func(text, requirement string, body func(t *rule.T)) {
		rule.It(e, text, rule.Of(flow.Order, requirement), body)
	}
}

// refuse sends an order that must be refused. The gate of the account may be closed,
// perhaps by an order of this run, and a target may check that first.
func refuse(t *rule.T, r request.Request, statuses ...int) {
	a := flow.PlaceOrder(t, func() *rule.Answer { return t.Send(r) })
	if a.Status() == 409 || a.Status() == 403 && !slices.Contains(statuses, 403) {
		if closed := flow.GateClosed(t); closed != "" {
			t.Skip(reporters.SkipNoData, "the gate was asked before the input: %s", closed)
		}
	}
	t.MustRefuseInput(a, r.Note, statuses...)
}

// place sends an order of unknown validity and records what it created.
func place(t *rule.T, r request.Request) *rule.Answer {
	return flow.PlaceOrder(t, func() *rule.Answer { return t.Survives(r) })
}
