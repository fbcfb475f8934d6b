package spec

import (
	"maps"
	"slices"

	"github.com/hostup/api-conformance/spec/document"
)

// A Reach says which requirements an exchange exercises: those that [Contract.Check]
// actually judges it by. A rule with nothing to judge has not passed: a requirement on
// list items is not reached by an empty list, nor one on an optional property by a
// response without it. It is immutable and safe for concurrent use.
type Reach struct {
	c      *Contract
	all    []string              // sorted
	marks  map[string][]string   // pointer of a header -> ids
	roots  map[string]*reachRoot // by pointer of a schema
	places map[string]string     // id -> a location that it is about
}

// A reachRoot is the schema of a whole body.
type reachRoot struct {
	all   []string // every id that some value reaches
	above []string // ids that every value reaches, named above the schema
	node  *evidenceNode
}

// Reach returns the Reach of the contract, derived on first use.
func (c *Contract) Reach() *Reach { return c.reach() }

func (c *Contract) newReach() *Reach {
	r := &Reach{
		c: c, all: c.everyReached(), marks: map[string][]string{}, roots: map[string]*reachRoot{}, places: map[string]string{},
	}
	for _, rule := range c.rules {
		if rule.Place != "" {
			r.places[rule.ID] = rule.Place
		}
	}
	seen := c.newEvidence()
	if seen == nil {
		return r
	}
	for _, answer := range c.everyResponse() {
		for _, h := range answer.headers {
			r.marks[h.pointer] = r.at(h.pointer)
			for _, id := range r.marks[h.pointer] {
				r.places[id] = "the header " + h.name
			}
		}
		for _, m := range answer.media {
			if m.schema != nil {
				r.roots[m.schema.pointer] = r.root(seen, m.schema.pointer)
			}
			for _, w := range m.when {
				r.roots[w.schema.pointer] = r.root(seen, w.schema.pointer)
			}
		}
	}
	return r
}

func (r *Reach) root(seen *evidence, pointer string) *reachRoot {
	root := &reachRoot{all: append(r.at(pointer), writeOnlyRule), above: r.above(pointer), node: seen.node(pointer)}
	if root.node != nil {
		root.node.name("$", r.places, map[*evidenceNode]bool{})
	}
	return root
}

// Place returns what a response must have for the requirement to apply:
// "$.items[*].price", "the status 429"; "" if that has no short name.
func (r *Reach) Place(id string) string { return r.places[id] }

// Of returns the ids of the requirements that Check judges the exchange by, sorted.
func (r *Reach) Of(ex Exchange) []string {
	k := r.c.judgement(&ex)
	k.checkWhole()
	return r.of(k)
}

// of is Of for an exchange whose completeness has been checked.
func (r *Reach) of(judged *Judgement) []string {
	seen := *judged
	k := &seen
	found := append(make([]string, 0, 64), "HTTP-ANSWER-001")
	if !k.partial {
		if k.hasBody() {
			k.value, k.decoded = judged.JSON()
		}
		for _, rule := range r.c.rules {
			if rule.reached(k) {
				found = append(found, rule.ID)
			}
		}
		found = r.schemas(k, found)
	}
	for _, f := range k.findings {
		if k.partial { // what is missing
			found = append(found, f.Requirement)
		}
	}
	slices.Sort(found)
	return slices.DeleteFunc(slices.Compact(found), func(id string) bool { return r.c.byID[id] == nil })
}

// All returns the ids of every requirement that some exchange reaches, sorted. The others
// need several exchanges, or a request that only a test sends.
func (r *Reach) All() []string { return slices.Clone(r.all) }

// Has reports whether some exchange reaches the requirement.
func (r *Reach) Has(id string) bool { _, ok := slices.BinarySearch(r.all, id); return ok }

func (c *Contract) everyReached() []string {
	found := map[string]bool{}
	for _, rule := range c.rules {
		found[rule.ID] = true
	}
	for _, o := range c.operations {
		for _, success := range []bool{true, false} {
			for _, id := range c.RequirementsOf(o, success) {
				found[id] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(found)), c.Unbound)
}

// schemas adds the requirements that the document attaches to the headers and to the body
// locations that the response has, some of them several times.
func (r *Reach) schemas(k *Judgement, found []string) []string {
	answer := k.described().response
	if answer == nil {
		return found
	}
	for _, h := range answer.headers {
		if h.required || len(k.ex.Response.Header.Values(h.name)) > 0 {
			found = append(append(found, "BODY-SCHEMA-001"), r.marks[h.pointer]...)
		}
	}
	if !k.Documented() {
		return found
	}
	media, ok := k.documentedMedia(answer)
	if !ok {
		return found
	}
	schema := media.schemaFor(k.Query())
	if schema == nil {
		return found
	}
	found = append(found, "BODY-SCHEMA-001", "BODY-SCHEMA-002")
	root := r.roots[schema.pointer]
	if root == nil {
		return found
	}
	found = append(found, root.above...)
	s := &sought{found: found, missing: map[string]bool{}}
	for _, id := range root.all {
		s.missing[id] = true
	}
	for _, id := range root.above {
		delete(s.missing, id)
	}
	if root.node != nil {
		s.visit(root.node, k.value, 0)
	}
	return s.found
}

// at returns the ids named by a node of the document, its ancestors and its descendants,
// sorted.
func (r *Reach) at(pointer string) []string {
	found := map[string]bool{}
	for _, id := range r.above(pointer) {
		found[id] = true
	}
	(&marks{d: r.c.merged, found: found, seen: map[*document.Node]bool{}}).visit(pointer)
	return slices.Sorted(maps.Keys(found))
}

// above returns the ids named by a node of the document and its ancestors.
func (r *Reach) above(pointer string) []string {
	found := map[string]bool{}
	m := &marks{found: found}
	steps, _ := document.Walk(r.c.merged.Root, pointer)
	for _, s := range steps {
		for _, mark := range []string{"x-requirement", "x-recommendation"} {
			if n, _ := child(s.Node, mark); n != nil && s.Node.Kind == document.Mapping {
				m.add(n)
			}
		}
	}
	return slices.Collect(maps.Keys(found))
}
