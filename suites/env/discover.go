package env

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
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
	if e.Config.Foreign {
		return d.record, nil // specs find what they need themselves
	}
	defer func() {
		for name, why := range e.why {
			e.why[name] = e.Text(why) // which ids of the target stand in
		}
	}()
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
	return e.Record(d.record), nil
}

// A Discovery is what Discover has found. It goes from one process of a run to the
// others as JSON.
type Discovery struct {
	Data       request.Data
	Tiers      []Tier
	Why        map[string]string // name of a datum -> why it is missing
	NotOffered map[string]string // operationId -> why it cannot be used
}

// Discovered returns what Discover has found.
func (e *Env) Discovered() Discovery { return Discovery{e.Data, e.Tiers, e.why, e.notOffered} }

// Adopt takes the place of Discover in the processes that do not call it.
func (e *Env) Adopt(d Discovery) {
	e.Data, e.Tiers, e.why, e.notOffered = d.Data, d.Tiers, d.Why, d.NotOffered
}

type discovery struct {
	env    *Env
	ctx    context.Context
	asked  map[string]bool
	failed map[string]string // operationId -> why its last read gave nothing
	record reporters.SpecRecord
}

// ask sends the valid read of an operation and returns its decoded body, nil
// unless it was answered with success; failed says why then.
func (d *discovery) ask(o *spec.Operation, data request.Data) any {
	if d.asked == nil {
		d.asked, d.failed = map[string]bool{}, map[string]string{}
	}
	d.asked[o.ID] = true
	delete(d.failed, o.ID)
	fail := func(format string, args ...any) any {
		d.failed[o.ID] = o.Name() + " " + fmt.Sprintf(format, args...)
		return nil
	}
	r, err := request.For(o, data)
	if lacking := (*request.MissingDataError)(nil); errors.As(err, &lacking) {
		return fail("needs %s", lacking.Name)
	}
	if r.Auth.Secret != request.NoSecret && d.env.Config.Secret(r.Auth.Secret) == "" {
		return fail("needs %s, which is not set", r.Auth.Secret)
	}
	var ex spec.Exchange
	var refusal string
	var waits Waits
	for {
		ex = d.env.ExchangeAgain(d.ctx, r, []string{"discovery"}, &waits)
		if ex.Response == nil || ex.Response.Status != 429 {
			break
		}
		if refusal = d.env.WaitOut(d.ctx, &waits, ex, r); refusal != "" {
			break
		}
	}
	if d.record.Observed == nil {
		d.record.Observed = map[string]int{}
	}
	for _, item := range d.env.Universe.Observe(ex) {
		d.record.Observed[item]++
	}
	findings, _ := d.env.Judge(ex)
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
		return fail("got no answer: %s", d.env.Text(ex.Failure))
	}
	tally.Statuses[ex.Response.Status]++
	tally.Durations = append(tally.Durations, ex.Duration)
	if missing {
		d.env.notOffered[o.ID] = fmt.Sprintf("the target does not offer it: a valid request was answered with status %d", ex.Response.Status)
		return fail("cannot be used, %s", d.env.notOffered[o.ID])
	}
	if o.Support && ex.Response.Status == 403 && len(o.Scopes) > 0 {
		// What the key may do, its owner knows; that a read which only helps is
		// forbidden to it is more likely a key with too little than a broken target.
		d.env.notOffered[o.ID] = "the key may not use it: give HOSTUP_API_KEY the scope " + strings.Join(o.Scopes, ", ")
		return fail("cannot be used, %s", d.env.notOffered[o.ID])
	}
	if ex.Response.Status == 200 {
		d.env.presence.serves(r)
	}
	switch {
	case refusal != "":
		return fail("was answered with status 429: %s", refusal)
	case ex.Response.Status != 200:
		return fail("was answered with status %d", ex.Response.Status)
	}
	v, ok := spec.Decode(ex.Response.Body)
	if !ok {
		return fail("was answered with what is not JSON")
	}
	return v
}

// hosting looks for an account that can be extended and one of its tiers. The
// account that was given is taken as it is.
//
// A tier of an account that takes no orders at the moment is taken if there is no
// better one: most orders of the suite have to be refused, and an account that an
// earlier run has ordered for would leave nothing to test. Valid orders that such an
// account refuses are skipped.
func (d *discovery) hosting() {
	e := d.env
	ids := d.accounts()
	tiers := e.Contract.Operation("listStorageAddons")
	switch {
	case len(ids) == 0:
		e.why["addonId"] = "no account is known whose storage tiers could be listed: set HOSTUP_ACCOUNT_ID"
		return
	case tiers == nil:
		e.Data["accountId"] = ids[0]
		e.why["addonId"] = "the document has no operation that lists storage tiers"
		return
	}
	const enough = 5 // a customer may have hundreds of accounts
	looked := ids[:min(len(ids), enough)]
	e.why["addonId"] = ""
	for _, id := range looked {
		answer, _ := d.ask(tiers, request.Data{"accountId": id}).(map[string]any)
		list, orderable := tiersOf(answer)
		if e.why["addonId"] == "" || orderable {
			e.why["addonId"] = d.noTier(tiers, id, answer, list)
		}
		if answer == nil {
			continue
		}
		if e.Data["accountId"] == "" || orderable || e.Data["accountId"] == id {
			e.Data["accountId"], e.Tiers = id, list
		}
		if orderable {
			break
		}
	}
	if len(looked) > 1 {
		e.why["addonId"] = fmt.Sprintf("none of %d accounts has an available storage tier; of the first, %s", len(looked), e.why["addonId"])
	}
	if e.Data["accountId"] == "" {
		e.Data["accountId"] = ids[0]
	}
	for _, t := range e.Tiers {
		if e.Data["addonId"] == "" && t.Available {
			e.Data["addonId"] = t.ID
		}
	}
}

// accounts are the ids of those that may be tested, the ones that are active first.
func (d *discovery) accounts() (ids []string) {
	e := d.env
	o := e.Contract.Operation("listSharedHosting")
	if o == nil {
		e.why["accountId"] = "the document has no operation that lists accounts"
	} else {
		answer := d.ask(o, e.Data)
		e.why["accountId"] = d.failed[o.ID]
		if _, isList := member(answer, "data").([]any); answer != nil && !isList {
			e.why["accountId"] = o.Name() + " was answered without a list"
		}
		var others []string
		for _, row := range items(answer, "data") {
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
		if e.why["accountId"] == "" {
			e.why["accountId"] = "the list of shared hosting accounts shows none"
		}
	}
	if id := e.Data["accountId"]; id != "" {
		ids = []string{id}
	}
	return ids
}

// noTier says why an account has no tier that could be ordered.
func (d *discovery) noTier(o *spec.Operation, id string, answer map[string]any, list []Tier) string {
	_, isList := member(answer, "tiers").([]any)
	switch {
	case answer == nil && d.failed[o.ID] != "":
		return d.failed[o.ID] + " for account " + id
	case !isList:
		return o.Name() + " was answered without a list of tiers for account " + id
	case len(list) == 0:
		return "account " + id + " has no storage tiers"
	}
	return fmt.Sprintf("account %s has no available storage tier (%d listed)", id, len(list))
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
