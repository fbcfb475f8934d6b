package changes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A finding is a change during the comparison, with its location in both documents; the
// operations that it affects are gathered later.
type finding struct {
	findingKey
	breaking bool
	in       []string // operations, at most maxOperations
	count    int      // number of operations
	last     int      // the stamp of the operation that was counted last
}

type findingKey struct {
	rule      string
	direction string
	toServer  bool
	old, new  *node
	from, to  string
}

const maxOperations = 5

// failAt records that a keyword of b excludes what a allows. A keyword is nil if it is
// missing.
func (q *question) failAt(id string, a, b *node) {
	q.failText(id, a, b, keywordText(id, a), keywordText(id, b))
}

func keywordText(id string, n *node) string {
	if n == nil {
		return ""
	}
	if n.key != id && (strings.HasPrefix(n.key, "exclusive") || n.key == "const" || strings.HasSuffix(n.key, "Contains") || n.key == "format") {
		return n.key + " " + n.show()
	}
	return n.show()
}

// failText is failAt with explicit texts for both sides.
func (q *question) failText(id string, a, b *node, aText, bText string) {
	a, b = cmp.Or(a, q.a.home), cmp.Or(b, q.b.home)
	if q.oldFirst() {
		q.tell(id, a, b, aText, bText)
	} else {
		q.tell(id, b, a, bText, aText)
	}
}

// tell records a change, with the locations and texts of the old and new document.
func (q *question) tell(id string, old, now *node, from, to string) {
	f := q.finding(findingKey{id, q.direction(), q.toServer, old, now, from, to})
	q.pair.failures = append(q.pair.failures, f)
}

// finding returns the finding for a key, one for each cause.
func (c *comparison) finding(key findingKey) *finding {
	f := c.findings[key]
	if f == nil {
		f = &finding{findingKey: key}
		c.findings[key] = f
	}
	return f
}

// gather adds an operation to all findings below a pair.
func (c *comparison) gather(p *pair, operation string) {
	c.stamp++
	var visit func(p *pair)
	visit = func(p *pair) {
		if p.stamp == c.stamp {
			return
		}
		p.stamp = c.stamp
		for _, f := range p.failures {
			f.breaking = f.breaking || !p.view.reverse
			if f.last == c.stamp {
				continue
			}
			f.last = c.stamp
			f.count++
			if len(f.in) < maxOperations {
				f.in = append(f.in, operation)
			}
		}
		for _, b := range p.below {
			visit(b)
		}
	}
	visit(p)
}

// list returns the changes, breaking ones first, then in the order of the new document.
func (c *comparison) list() []Change {
	var list []Change
	for _, f := range c.findings {
		if f.count > 0 {
			list = append(list, f.change())
		}
	}
	slices.SortFunc(list, func(a, b Change) int {
		if a.Breaking != b.Breaking {
			if a.Breaking {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.New.File, b.New.File), cmp.Compare(a.New.Line, b.New.Line), cmp.Compare(a.New.Pointer, b.New.Pointer),
			cmp.Compare(a.Old.Line, b.Old.Line), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Direction, b.Direction), cmp.Compare(a.Old.Value+a.New.Value, b.Old.Value+b.New.Value))
	})
	return list
}

func (f *finding) change() Change {
	about := []*node{f.new, f.old}
	if f.rule == ruleProperty && f.from != "" || f.to == "" && f.from != "" {
		about = []*node{f.old, f.new} // what was removed is found in the old document
	}
	return Change{
		Rule: f.rule, Breaking: f.breaking, Direction: f.direction, Operations: f.in, OperationCount: f.count,
		Property: propertyOf(about), Old: side(f.old, f.from), New: side(f.new, f.to), Effect: f.effect(),
	}
}

func side(n *node, value string) Side {
	if n == nil {
		return Side{Value: value}
	}
	return Side{value, n.file.name, n.line, n.pointer()}
}

// effect says what the change means, and for whom.
func (f *finding) effect() string {
	switch {
	case !f.breaking && f.toServer:
		return "what was accepted still is"
	case !f.breaking && f.from == "" && f.rule == ruleStatus:
		return "who does not know it takes it by its class (RFC 9110 section 15)"
	case !f.breaking && f.from == "" && f.rule == ruleMediaType:
		return "it comes to who asks for it (RFC 9110 section 12.5.1)"
	case !f.breaking:
		return "nothing comes that could not come before"
	case f.rule == "pattern" && f.from != "" && f.to != "" && f.differs():
	case f.rule == "$ref", f.rule == ruleAlternatives && f.from == "" && f.to == "", f.from != "" && f.to != "" && slices.Contains([]string{"pattern", "format", "if", "not"}, f.rule):
		return "whether all old and new values agree cannot be told, so it is taken as breaking"
	}
	if f.toServer {
		return "what was accepted may be refused"
	}
	return "what comes may be what it could not be"
}

// differs reports whether the pattern on the side that has to be within the other one is
// known to match more.
func (f *finding) differs() bool {
	if f.toServer {
		return inclusion([]string{f.old.text}, f.new.text) == excludes
	}
	return inclusion([]string{f.new.text}, f.old.text) == excludes
}

// propertyOf returns the path of the property at a location, as far as the pointer shows
// it: "address.city", "rows[].id".
func propertyOf(places []*node) string {
	for _, n := range places {
		if n == nil {
			continue
		}
		var path []string
		for ; n.parent != nil; n = n.parent {
			switch {
			case n.parent.key == "properties" && n.parent.kind == object:
				path = append(path, n.key)
			case n.key == "items" && n.parent.kind == object:
				path = append(path, "[]")
			}
		}
		slices.Reverse(path)
		if len(path) > 0 {
			return strings.TrimPrefix(strings.ReplaceAll(strings.Join(path, "."), ".[]", "[]"), ".")
		}
	}
	return ""
}

// String returns the change on one line: whether it breaks, where, what, and the lines of
// both documents.
func (c Change) String() string {
	mark := "        "
	if c.Breaking {
		mark = "breaking"
	}
	text := fmt.Sprintf("%s  %s: %s", mark, c.where(), c.what())
	if c.Effect != "" {
		text += "; " + c.Effect
	}
	return text + "  " + c.places()
}

// where returns the operations and the direction.
func (c Change) where() string {
	text := strings.Join(c.Operations, ", ")
	if more := c.OperationCount - len(c.Operations); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	if c.Direction != "" {
		text += " " + c.Direction
	}
	return text
}

func (c Change) what() string {
	text := c.Rule
	switch {
	case c.Rule == ruleProperty && c.Property != "" && c.New.Value == "":
		return "property " + c.Property + " removed"
	case c.Rule == ruleProperty && c.Property != "" && c.Old.Value == "":
		return "property " + c.Property + " added"
	case c.Property != "":
		text = "property " + c.Property + ": " + text
	}
	switch {
	case c.Old.Value == "" && c.New.Value == "":
		return text + " changed"
	case c.Old.Value == "":
		return text + " " + c.New.Value + " added"
	case c.New.Value == "":
		return text + " " + c.Old.Value + " removed"
	}
	return text + " " + c.Old.Value + " -> " + c.New.Value
}

func (c Change) places() string {
	pointer := c.New.Pointer
	if pointer == "" || c.New.Value == "" && c.Old.Value != "" {
		pointer = c.Old.Pointer
	}
	var lines []string
	for _, s := range []Side{c.Old, c.New} {
		if s.File != "" {
			lines = append(lines, fmt.Sprintf("%s:%d", s.File, s.Line))
		}
	}
	return fmt.Sprintf("[%s; %s]", pointer, strings.Join(lines, " -> "))
}
