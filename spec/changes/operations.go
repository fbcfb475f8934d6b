package changes

import (
	"net/url"
	"strings"
	"time"
)

// A scope is one operation under comparison, with all findings below it.
type scope struct {
	*comparison
	old, new *operation
	pair     *pair
}

// operations compares the operations that both documents have, and reports those that
// only one has.
func (c *comparison) operations() {
	partners, known := c.partners(), map[*operation]bool{}
	for _, o := range c.old.operations {
		s := &scope{c, o, partners[o], &pair{}}
		if s.new != nil {
			known[s.new] = true
			s.compare()
		} else {
			s.gone()
		}
		c.gather(s.pair, o.name)
	}
	for _, o := range c.new.operations {
		if known[o] {
			continue
		}
		s := &scope{c, nil, o, &pair{}}
		s.tell(ruleOperation, false, nil, o.at, "", o.name)
		c.gather(s.pair, o.name)
	}
}

// base returns the path of the first server.
func (c *contract) base() string {
	address := c.file.root.str("basePath")
	if list := c.file.root.items("servers"); len(list) > 0 {
		address = list[0].str("url")
	}
	if u, err := url.Parse(variable.ReplaceAllString(address, "_")); err == nil {
		return strings.TrimSuffix(u.Path, "/")
	}
	return ""
}

// tell records a change of the operation itself.
func (s *scope) tell(rule string, breaking bool, old, now *node, from, to string) {
	s.keep(view{reverse: !breaking, toServer: true}, findingKey{rule, "", true, old, now, from, to})
}

// record records a change of one of its messages.
func (s *scope) record(v view, rule string, old, now *node, from, to string) {
	s.keep(v, findingKey{rule, v.direction(), v.toServer, old, now, from, to})
}

func (s *scope) keep(v view, key findingKey) {
	s.pair.below = append(s.pair.below, &pair{view: v, failures: []*finding{s.finding(key)}, done: true})
}

// schemas compares the schemas of a message in both directions; nil allows everything.
func (s *scope) schemas(v view, old, now *node, oldAt, newAt *node) {
	if old == nil && now == nil {
		return
	}
	if old == nil {
		old = s.anything(oldAt)
	}
	if now == nil {
		now = s.anything(newAt)
	}
	a, b := all(old), all(now)
	for _, v.reverse = range []bool{false, true} {
		if v.oldFirst() {
			s.pair.below = append(s.pair.below, s.within(v, a, b))
		} else {
			s.pair.below = append(s.pair.below, s.within(v, b, a))
		}
	}
}

// gone reports a removed operation. One that was deprecated and whose sunset has passed
// was no longer promised (RFC 8594).
func (s *scope) gone() {
	o := s.old
	if date, passed := s.sunset(o); passed {
		s.tell(ruleOperation, false, o.at, nil, o.name+" (deprecated, its sunset "+date+" has passed)", "")
		return
	}
	s.tell(ruleOperation, true, o.at, s.newPlace(), o.name, "")
}

// newPlace returns where an operation of the old document would be in the new one.
func (s *scope) newPlace() *node {
	root := s.comparison.new.file.root
	if paths := root.get("paths"); paths != nil {
		return paths
	}
	return root
}

func (s *scope) sunset(o *operation) (date string, passed bool) {
	m := o.at.get("x-sunset")
	if m == nil || !o.at.is("deprecated") {
		return "", false
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339, time.RFC1123} {
		if t, err := time.Parse(layout, m.text); err == nil {
			return m.text, t.Before(s.today)
		}
	}
	return m.text, false
}

func (s *scope) compare() {
	s.notes()
	s.servers()
	s.security()
	s.parameters()
	s.requestBody()
	s.answers()
}

// notes reports what changes no exchange.
func (s *scope) notes() {
	for _, n := range []struct{ rule, keyword string }{{ruleOperationID, "operationId"}, {ruleDeprecated, "deprecated"}, {ruleSunset, "x-sunset"}} {
		a, b := s.old.at.get(n.keyword), s.new.at.get(n.keyword)
		if showOr(a) != showOr(b) {
			s.tell(n.rule, false, orAt(a, s.old.at), orAt(b, s.new.at), showOr(a), showOr(b))
		}
	}
}

func orAt(n, at *node) *node {
	if n == nil {
		return at
	}
	return n
}

// anything returns a schema that allows everything, in place of a missing one.
func (c *comparison) anything(at *node) *node {
	if at == nil {
		at = c.old.file.root
	}
	n := c.nothingSaid[at]
	if n == nil {
		n = &node{kind: object, file: at.file, line: at.line, parent: at.parent, key: at.key}
		c.nothingSaid[at] = n
	}
	return n
}
