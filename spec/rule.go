package spec

import "slices"

// A Rule is one requirement that is checked in code. The rules of a contract form one
// table, which defines the order of judging, what an exchange exercises ([Reach.Of]) and
// what a response must have for that ([Reach.Place]).
type Rule struct {
	ID string // of the requirement in the catalogue

	// Place names the part that a response needs for the rule to apply: "the status 405",
	// "$.items[*].price"; "" if that has no short name.
	Place string

	// Applies reports whether the rule is about the exchange; nil: about every one.
	Applies func(*Judgement) bool

	// Sees reports whether an exchange to which the rule applies has something to judge:
	// a rule that saw nothing has not passed. nil: it always has.
	Sees func(*Judgement) bool

	// Check reports the violations of the exchange. nil: the Check of a rule above
	// inspects the same part of the response and reports them.
	Check func(*Judgement)

	// Before is the id of the rule before which a rule of a pack is judged; "": after all
	// that hold for any API.
	Before string
}

// applies reports whether the rule is about the exchange.
func (r Rule) applies(k *Judgement) bool { return r.Applies == nil || r.Applies(k) }

// reached reports whether the exchange exercises the rule.
func (r Rule) reached(k *Judgement) bool { return r.applies(k) && (r.Sees == nil || r.Sees(k)) }

// table returns the rules of a contract in the order of judging: those for any API and
// those of the pack.
func (c *Contract) table() []Rule {
	all := rules()
	if c.pack == nil {
		return all
	}
	for _, r := range c.pack.Rules {
		at := len(all)
		if r.Before != "" {
			at = slices.IndexFunc(all, func(other Rule) bool { return other.ID == r.Before })
		}
		all = slices.Insert(all, at, r)
	}
	return all
}
