package hostup

import (
	"fmt"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/request"
)

// discover finds an account that can be extended, and one of its tiers. A configured
// account is used as it is.
//
// A tier of an account that currently takes no orders is used if there is no better one:
// most orders of the suite must be refused, and otherwise an account with an order of an
// earlier run would leave nothing to test. Valid orders that such an account refuses are
// skipped.
func discover(d *env.Search) {
	e := d.Env
	d.Miss(invoice, "no documented read lists unpaid invoices; the suite may pay it")
	d.Miss(card, "the card that pays")
	ids := accounts(d)
	tiers := e.Contract.Operation(flow.Tiers)
	switch {
	case len(ids) == 0:
		d.Miss(tier, "no account is known whose storage tiers could be listed, as HOSTUP_ACCOUNT_ID is not set either")
		return
	case tiers == nil:
		e.Data[account] = ids[0]
		d.Miss(tier, "the document has no operation that lists storage tiers")
		return
	}
	const enough = 5 // a customer may have hundreds of accounts
	looked := ids[:min(len(ids), enough)]
	d.Miss(tier, "")
	for _, id := range looked {
		answer, _ := d.Ask(tiers, request.Data{account: id}).(map[string]any)
		list, orderable := tiersOf(answer)
		if d.Missing(tier) == "" || orderable {
			d.Miss(tier, noTier(d, tiers, id, answer, list))
		}
		if answer == nil {
			continue
		}
		if e.Data[account] == "" || orderable || e.Data[account] == id {
			e.Data[account] = id
			flow.KeepTiers(e, list)
		}
		if orderable {
			break
		}
	}
	if len(looked) > 1 {
		d.Miss(tier, fmt.Sprintf("none of %d accounts has an available storage tier; of the first, %s", len(looked), d.Missing(tier)))
	}
	if e.Data[account] == "" {
		e.Data[account] = ids[0]
	}
	for _, t := range flow.TierList(e) {
		if e.Data[tier] == "" && t.Available {
			e.Data[tier] = t.ID
		}
	}
}

// accounts returns the ids of those that may be tested, active ones first.
func accounts(d *env.Search) (ids []string) {
	e := d.Env
	o := e.Contract.Operation("listSharedHosting")
	if o == nil {
		d.Miss(account, "the document has no operation that lists accounts")
	} else {
		answer := d.Ask(o, e.Data)
		d.Miss(account, d.Failure(o))
		if _, isList := member(answer, "data").([]any); answer != nil && !isList {
			d.Miss(account, o.Name()+" was answered without a list")
		}
		var others []string
		for _, row := range items(answer, "data") {
			id, _ := row["id"].(string)
			switch {
			case id == "":
			case row["serviceStatus"] == "active":
				ids = append(ids, id)
			default:
				others = append(others, id) // a suspended one may be listed as if it took orders
			}
		}
		ids = append(ids, others...)
		if d.Missing(account) == "" {
			d.Miss(account, "the list of shared hosting accounts shows none")
		}
	}
	if id := e.Data[account]; id != "" {
		ids = []string{id}
	}
	return ids
}

// noTier returns why an account has no tier that could be ordered.
func noTier(d *env.Search, o *spec.Operation, id string, answer map[string]any, list []flow.Tier) string {
	_, isList := member(answer, "tiers").([]any)
	switch {
	case answer == nil && d.Failure(o) != "":
		return d.Failure(o) + " for account " + id
	case !isList:
		return o.Name() + " was answered without a list of tiers for account " + id
	case len(list) == 0:
		return "account " + id + " has no storage tiers"
	}
	return fmt.Sprintf("account %s has no available storage tier (%d listed)", id, len(list))
}

// tiersOf returns the tiers of an account and whether one of them can be ordered.
func tiersOf(answer map[string]any) (tiers []flow.Tier, orderable bool) {
	for _, row := range items(answer, "tiers") {
		id, _ := row["id"].(string)
		available := row["available"] == true
		if id != "" {
			tiers = append(tiers, flow.Tier{ID: id, Available: available})
			orderable = orderable || available
		}
	}
	actions, _ := answer["actions"].(map[string]any)
	gate, _ := actions["canAddStorage"].(map[string]any)
	return tiers, orderable && gate["allowed"] == true
}

func member(v any, name string) any {
	o, _ := v.(map[string]any)
	return o[name]
}

func items(v any, name string) (rows []map[string]any) {
	list, _ := member(v, name).([]any)
	for _, row := range list {
		if r, ok := row.(map[string]any); ok {
			rows = append(rows, r)
		}
	}
	return rows
}
