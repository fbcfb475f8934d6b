package spec

import (
	"iter"
	"slices"
)

// Kinds of a [CoverageItem].
const (
	CoverStatus     = "status"     // "404"
	CoverMedia      = "media type" // "200 application/json"
	CoverHeader     = "header"     // "429 Retry-After"
	CoverProperty   = "property"   // "200 $.items[*].price"
	CoverEnum       = "enum"       // "200 $.items[*].status = sold"
	CoverNull       = "null"       // "200 $.items[*].owner null", "… not null"
	CoverInput      = "input"      // "query status = sold", "body name absent"
	CoverCredential = "credential" // "bearer accepted", "none"
)

// CoverKinds lists the kinds in the order in which reports show them.
func CoverKinds() []string {
	return []string{CoverStatus, CoverMedia, CoverHeader, CoverProperty, CoverEnum, CoverNull, CoverInput, CoverCredential}
}

// A CoverageItem is one thing that an exchange can show, according to the document.
type CoverageItem struct {
	// Key is stable between runs: operationId, kind and text.
	Key string `json:"key"`

	Operation string `json:"operation"` // "GET /pets"
	Kind      string `json:"kind"`
	Text      string `json:"text"`

	// Reason says why no request makes a conforming target show the item; empty if one
	// can. A run may see it nevertheless.
	Reason string `json:"reason,omitempty"`
}

// A Universe is everything that exchanges can show, according to the document. It is
// immutable and safe for concurrent use.
//
// Successes of one operation are distinguished by status, and by the query parameter that
// selects their schema ("200 kind=short"). The bodies of its errors are merged ("error"):
// they share a schema, and listing each would drown the rest. What the document says only
// about unnamed statuses (default) is not included.
//
// Inputs are distinguished by the class of their value: each enum member; "minimum" and
// "maximum" where the schema has one; "valid" for other values that the schema accepts;
// "invalid" for those that it refuses, if any; "absent"; "null"; and "unknown" for a
// well-formed path parameter that leads to a 404.
type Universe struct {
	c     *Contract
	items []CoverageItem
	plans map[string]*coverPlan // by operationId
}

// Universe returns what can be observed, derived from the document on first use.
func (c *Contract) Universe() *Universe { return c.universe() }

func (c *Contract) newUniverse() *Universe {
	u := &Universe{c: c, plans: map[string]*coverPlan{}}
	for _, o := range c.operations {
		p := &coverPlan{items: make([]CoverageItem, 1), statuses: map[string]coverAnswer{}}
		b := &coverBuilder{c: c, o: o, p: p, known: map[string]int{}}
		b.answers()
		b.inputs()
		b.credentials()
		u.plans[o.ID] = p
		u.items = append(u.items, p.items[1:]...)
	}
	return u
}

// Items returns everything that can be observed, by operation in the order of the
// document.
func (u *Universe) Items() []CoverageItem { return slices.Clone(u.items) }

// Of returns the items of one operation, in the order of the document.
func (u *Universe) Of(o *Operation) iter.Seq[CoverageItem] {
	if p := u.plans[o.ID]; p != nil {
		return slices.Values(p.items[1:])
	}
	return func(func(CoverageItem) bool) {}
}

// Observe returns the keys of what an exchange shows, each once, in the order of
// [Universe.Items]. An exchange of no documented operation shows nothing; one without a
// response shows what was sent.
func (u *Universe) Observe(ex Exchange) []string { return u.observe(u.c.judgement(&ex)) }

func (u *Universe) observe(k *Judgement) []string {
	if k.op == nil {
		return nil
	}
	p := u.plans[k.op.ID]
	s := &sighting{seen: make([]bool, len(p.items))}
	p.observeRequest(s, k)
	if k.ex.Response != nil {
		p.observeAnswer(s, k)
	}
	keys := make([]string, 0, 32)
	for i := 1; i < len(s.seen); i++ {
		if s.seen[i] {
			keys = append(keys, p.items[i].Key)
		}
	}
	return keys
}
