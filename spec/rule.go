package spec

import "slices"

// A Rule is one requirement that is judged in code. The rules of a contract are one
// table, from which follow the order of judging, what an exchange can break
// ([Reach.Of]) and what an answer has to have for that ([Reach.Place]).
type Rule struct {
	ID string // of the requirement in the catalogue

	// Place is what an answer has to have for the rule to say something of it: "the
	// status 405", "$.items[*].price"; "" where that has no short name.
	Place string

	// Applies reports whether the rule is about the exchange; nil: about every one.
	Applies func(*Judgement) bool

	// Sees reports whether the exchange, to which the rule applies, shows what the rule
	// judges: a rule that saw nothing has passed nothing. Nil: it always does.
	Sees func(*Judgement) bool

	// Check reports what the exchange violates. Nil: the rule above, with which this
	// one shares a look at the answer, reports it.
	Check func(*Judgement)

	// Before is the id of the rule before which a rule of a pack is judged; "": after
	// those that hold for any API.
	Before string
}

// applies reports whether the exchange is one that the rule is about.
func (r Rule) applies(k *Judgement) bool { return r.Applies == nil || r.Applies(k) }

// reached reports whether the exchange puts the rule to the test.
func (r Rule) reached(k *Judgement) bool { return r.applies(k) && (r.Sees == nil || r.Sees(k)) }

// table is the rules of a contract in the order of judging: those that hold for any
// API with those of the pack.
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
