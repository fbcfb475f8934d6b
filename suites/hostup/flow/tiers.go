package flow

import (
	"strconv"

	"github.com/hostup/api-conformance/suites/env"
)

// A Tier is one storage add-on tier of the account.
type Tier struct {
	ID        string
	Available bool
}

// Names of the lists that discovery stores in env.Env.Lists, of equal length.
const (
	tierIDs        = "tiers"
	tierAvailables = "available tiers" // "true" or "false"
)

// TierList returns the tiers of the account, as far as they are known.
func TierList(e *env.Env) (list []Tier) {
	available := e.Lists[tierAvailables]
	for i, id := range e.Lists[tierIDs] {
		list = append(list, Tier{id, available[i] == "true"})
	}
	return list
}

// KeepTiers stores the tiers of the account.
func KeepTiers(e *env.Env, list []Tier) {
	var ids, available []string
	for _, t := range list {
		ids = append(ids, t.ID)
		available = append(available, strconv.FormatBool(t.Available))
	}
	e.Lists = map[string][]string{tierIDs: ids, tierAvailables: available}
}
