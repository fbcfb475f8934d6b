package flow

import (
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/rule"
)

// Unpayable returns why the configured invoice cannot be paid; a general reason if none
// is recorded.
func Unpayable(t *rule.T) string {
	reason, ok := t.Env.Once("payment", func() any { return "" }).(string)
	if !ok || reason == "" {
		return "the payment could not be made, which other rules judge"
	}
	return reason
}

// unpayable returns why the invoice cannot be paid at all, "" if it may be.
func (p *Payment) unpayable(t *rule.T) string {
	if t.Env.Noted("paid " + p.Invoice) {
		return "a request that the target had to refuse has paid invoice " + p.Invoice + ": set HOSTUP_INVOICE_ID to another unpaid one"
	}
	if t.Env.Contract.Operation(Invoice) == nil || t.Env.NotOffered(Invoice) != "" {
		return "" // only the payment itself can tell
	}
	a := t.Send(t.ValidFor(Invoice))
	p.Total = Due(a)
	p.Credit = Positive(a.At("data", "invoice", "credit"))
	if status, ok := a.Text("data", "invoice", "status"); ok && !Open(status) {
		return "invoice " + p.Invoice + " has the status " + status + ": set HOSTUP_INVOICE_ID to an unpaid one"
	}
	return ""
}

// Cardless reports that no card could pay: the configured one is an alias of a saved
// card, and none is saved.
func Cardless(t *rule.T) bool {
	return t.Env.Config.Get(settings.Card) == primary && NoCard(t)
}

// NoCard reports that the list of saved cards is empty. It is read once per process:
// nothing that the suite sends saves or removes a card.
func NoCard(t *rule.T) bool {
	if t.Env.Contract.Operation(cards) == nil || t.Env.NotOffered(cards) != "" {
		return false
	}
	none, _ := t.Env.Once("no card", func() any {
		saved, ok := t.Send(t.ValidFor(cards)).Value().([]any)
		return ok && len(saved) == 0
	}).(bool)
	return none
}
