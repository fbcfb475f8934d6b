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

// A CoverageItem is one thing that the document lets an exchange show.
type CoverageItem struct {
	// Key is stable between runs: operationId, kind and text.
	Key string `json:"key"`

	Operation string `json:"operation"` // "GET /pets"
	Kind      string `json:"kind"`
	Text      string `json:"text"`

	// Reason says why no request makes a sound target show it; empty for what can
	// be asked for. A run may meet it all the same.
	Reason string `json:"reason,omitempty"`
}

// A Universe is all that exchanges of a contract can show, by the document. It
// is immutable and safe for concurrent use.
//
// Answers of one operation to a success are told apart by their status, and by
// the query parameter that chooses their schema ("200 kind=short"). The bodies
// of its errors are taken together ("error"): they share a schema, and telling
// them apart would drown the rest. What the document only says of statuses that
// it does not name (default) is no part of the universe.
//
// Inputs are told apart by the class of their value: each enum member; "minimum"
// and "maximum" where the schema has one; "valid" for others that the schema
// accepts; "invalid" for those that it refuses, where it can; "absent"; "null";
// and "unknown" for a path parameter that is well-formed and leads to a 404.
type Universe struct {
	c     *Contract
	items []CoverageItem
	plans map[string]*coverPlan // by operationId
}

// Universe derives from the document what can be observed. It is derived once.
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

// Items lists everything that can be observed, by operation in the order of the
// document.
func (u *Universe) Items() []CoverageItem { return slices.Clone(u.items) }

// Of are the items of one operation, in the order of the document.
func (u *Universe) Of(o *Operation) iter.Seq[CoverageItem] {
	if p := u.plans[o.ID]; p != nil {
		return slices.Values(p.items[1:])
	}
	return func(func(CoverageItem) bool) {}
}

// Observe returns the keys of what an exchange shows, each once, in the order of
// [Universe.Items]. An exchange of no documented operation shows nothing; one
// without an answer shows what was sent.
func (u *Universe) Observe(ex Exchange) []string { return u.observe(u.c.judgement(&ex)) }

func (u *Universe) observe(k *Judgement) []string {
	if k.op == nil {
		return nil
	}
	p := u.plans[k.op.ID]
	s := &sighting{seen: make([]bool, len(p.items))}
	p.observeRequest(s, k.ex)
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
