// Package hosting tests GET /api/v2/shared-hosting beyond single responses.
package hosting

import (
	"fmt"
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/rule"
)

const (
	operation = "listSharedHosting"
	cycles    = "billingCycleOptions" // word of include and name of the property
)

// Register declares the specs.
func Register(e *env.Env) {
	rule.Describe(e, "hosting", func() {
		rule.It(e, "shows what include asks for", rule.Of(operation, "HOST-INCLUDE-001"), included)
	})
}

// included: an account that is free, or is billed once, has no cycles to choose from, and
// any other may have none currently. If all of them have null there, the word is not
// read. If the property is missing nothing is known: which one the word fills is
// undocumented.
func included(t *rule.T) {
	const place = "billingCycleState"
	a := t.Served(t.Valid().WithQuery("include", cycles).WithNote("include=" + cycles))
	accounts := a.List("data")
	empty := slices.IndexFunc(accounts, func(account any) bool {
		o, _ := account.(map[string]any)
		billing, _ := o["billing"].(map[string]any)
		cycle, _ := billing["billingCycle"].(string)
		state, there := o[place]
		return cycle != "" && cycle != "free" && rule.Member(account, "serviceStatus") == "active" && there && state == nil
	})
	switch shown := slices.ContainsFunc(accounts, func(account any) bool { return shows(account, cycles) }); {
	case shown:
	case empty < 0:
		t.Skip(reporters.SkipNoData, "no active account that is billed by the cycle has a property "+place+" to be seen: use a customer who has one")
	default:
		t.Violation(a, "HOST-INCLUDE-001", fmt.Sprintf("$.data[%d].%s", empty, place), "included",
			"a property "+cycles+" in at least one of the accounts that are billed by the cycle", "null in each of them")
	}
}

// shows reports whether a value contains the property at any depth, other than null.
func shows(v any, member string) bool {
	switch x := v.(type) {
	case map[string]any:
		for name, child := range x {
			if name == member && child != nil || shows(child, member) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(x, func(child any) bool { return shows(child, member) })
	}
	return false
}
