package env

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/fixtures/request"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// Discover finds what valid requests need and was not given, by the documented
// reads: an account that can be extended and an available tier. It also learns
// which support operations the target does not offer at all. What it sees is
// judged like everything else; the record is that of the spec "set-up / discovery".
//
// It runs before the tree of specs is built. An error means that the target
// could not be reached.
func (e *Env) Discover(ctx context.Context) (reporters.SpecRecord, error) {
	d := &discovery{env: e, ctx: ctx, record: reporters.SpecRecord{Name: "set-up / discovery", Area: "set-up", State: reporters.StatePassed}}
	if err := e.client.Ping(ctx); err != nil {
		return d.record, err
	}
	given := func(name, value string) {
		if value != "" {
			e.Data[name] = value
		}
	}
	given("accountId", e.Config.AccountID)
	given("addonId", e.Config.AddonID)
	given("invoiceId", e.Config.InvoiceID)
	given("cardId", e.Config.CardID)
	e.why["invoiceId"] = "no documented read lists unpaid invoices; the suite may pay it"
	e.why["cardId"] = "the card that pays"
	d.hosting()
	for _, o := range e.Contract.Operations() {
		if o.Support && o.Effect == spec.Reads && !d.asked[o.ID] {
			d.ask(o, e.Data)
		}
	}
	return d.record, nil
}

type discovery struct {
	env    *Env
	ctx    context.Context
	asked  map[string]bool
	record reporters.SpecRecord
}

// ask sends the valid read of an operation and returns its decoded body, nil
// unless it was answered with success.
func (d *discovery) ask(o *spec.Operation, data request.Data) any {
	if d.asked == nil {
		d.asked = map[string]bool{}
	}
	d.asked[o.ID] = true
	r, err := request.For(o, data)
	if lacking := (*request.MissingDataError)(nil); errors.As(err, &lacking) {
		return nil
	}
	if r.Auth.Secret != request.NoSecret && d.env.Config.Secret(r.Auth.Secret) == "" {
		return nil
	}
	var ex spec.Exchange
	var waits Waits
	for {
		ex = d.env.Exchange(d.ctx, r, []string{"discovery"})
		if ex.Response == nil || ex.Response.Status != 429 || d.env.WaitOut(d.ctx, &waits, ex, r) != "" {
			break
		}
	}
	if d.record.Observed == nil {
		d.record.Observed = map[string]int{}
	}
	for _, item := range d.env.Universe.Observe(ex) {
		d.record.Observed[item]++
	}
	findings := d.env.Judge(ex)
	missing := o.Support && ex.Response != nil && slices.Contains([]int{404, 405, 501}, ex.Response.Status)
	if missing {
		// No answer of that operation: the target's own page for what it does not have.
		findings = slices.DeleteFunc(findings, func(f spec.Finding) bool { return !strings.HasPrefix(f.Requirement, "LEAK-") })
	}
	d.record.Findings = append(d.record.Findings, findings...)
	if len(findings) > 0 {
		d.record.Exchanges = append(d.record.Exchanges, d.env.Show(ex, d.record.Name))
	}
	tally := reporters.Tally{Operation: d.env.Contract.OperationName(ex), Exchanges: 1, Statuses: map[int]int{}}
	defer func() { d.record.Tally = append(d.record.Tally, tally) }()
	if ex.Response == nil {
		return nil
	}
	tally.Statuses[ex.Response.Status]++
	tally.Durations = append(tally.Durations, ex.Duration)
	if missing {
		d.env.notOffered[o.ID] = fmt.Sprintf("the target does not offer it: a valid request was answered with status %d", ex.Response.Status)
		return nil
	}
	if o.Support && ex.Response.Status == 403 && len(o.Scopes) > 0 {
		// What the key may do, its owner knows; that a read which only helps is
		// forbidden to it is more likely a key with too little than a broken target.
		d.env.notOffered[o.ID] = "the key may not use it: give HOSTUP_API_KEY the scope " + strings.Join(o.Scopes, ", ")
		return nil
	}
	if ex.Response.Status != 200 {
		return nil
	}
	var v any
	dec := json.NewDecoder(bytes.NewReader(ex.Response.Body))
	dec.UseNumber()
	if dec.Decode(&v) != nil {
		return nil
	}
	return v
}

// hosting looks for an account that can be extended and one of its tiers. The
// account that was given is taken as it is.
func (d *discovery) hosting() {
	e := d.env
	accounts, tiers := e.Contract.Operation("listSharedHosting"), e.Contract.Operation("listStorageAddons")
	e.why["accountId"], e.why["addonId"] = "the list of shared hosting accounts shows none", "no account has an available storage tier"
	var ids []string
	if accounts != nil {
		var others []string
		for _, row := range items(d.ask(accounts, e.Data), "data") {
			id, _ := row["id"].(string)
			switch {
			case id == "":
			case row["serviceStatus"] == "active":
				ids = append(ids, id)
			default:
				others = append(others, id) // one that is suspended may be listed as if it took orders
			}
		}
		ids = append(ids, others...)
	}
	given := e.Data["accountId"]
	if given != "" {
		ids = []string{given}
	}
	if len(ids) == 0 {
		if accounts != nil && e.notOffered[accounts.ID] != "" {
			e.why["accountId"] = "accounts cannot be listed, " + e.notOffered[accounts.ID]
		}
		return
	}
	if tiers == nil {
		e.Data["accountId"] = ids[0]
		return
	}
	const enough = 5 // a customer may have hundreds of accounts
	for _, id := range ids[:min(len(ids), enough)] {
		answer, _ := d.ask(tiers, request.Data{"accountId": id}).(map[string]any)
		if answer == nil {
			continue
		}
		list, orderable := tiersOf(answer)
		if e.Data["accountId"] == "" || orderable || id == given {
			e.Data["accountId"], e.Tiers = id, list
		}
		if orderable {
			break
		}
	}
	if e.Data["accountId"] == "" {
		e.Data["accountId"] = ids[0]
	}
	if why := e.notOffered[tiers.ID]; why != "" {
		e.why["addonId"] = "tiers cannot be listed, " + why
	}
	for _, t := range e.Tiers {
		if e.Data["addonId"] == "" && t.Available {
			e.Data["addonId"] = t.ID
		}
	}
}

// tiersOf reads the tiers of an account and whether one of them can be ordered.
func tiersOf(answer map[string]any) (tiers []Tier, orderable bool) {
	for _, row := range items(answer, "tiers") {
		id, _ := row["id"].(string)
		available := row["available"] == true
		if id != "" {
			tiers = append(tiers, Tier{ID: id, Available: available})
			orderable = orderable || available
		}
	}
	actions, _ := answer["actions"].(map[string]any)
	gate, _ := actions["canAddStorage"].(map[string]any)
	return tiers, orderable && gate["allowed"] == true
}

func items(v any, member string) (rows []map[string]any) {
	o, _ := v.(map[string]any)
	list, _ := o[member].([]any)
	for _, row := range list {
		if r, ok := row.(map[string]any); ok {
			rows = append(rows, r)
		}
	}
	return rows
}
