package plan

import (
	"cmp"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// note counts a request. A note holds the ids of the requirements under test, or a word
// for what comes before the specs.
func (p *planner) note(data request.Data, r request.Request, note string) {
	effect := r.Effect
	if effect == "" {
		effect = spec.Reads // Ping
	}
	path, other := p.template(data, r.Path)
	key := planKey{effect: effect, path: path, method: r.Method, other: other, why: p.why(r, effect)}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts[key]++
	if p.ids == nil {
		p.ids = map[planKey]map[string]bool{}
	}
	if p.ids[key] == nil {
		p.ids[key] = map[string]bool{}
	}
	for _, id := range strings.Fields(cmp.Or(note, "ping")) {
		p.ids[key][id] = true
	}
}

// template returns the documented path that a path matches, whatever the method; for an
// undocumented path the path itself, with known ids replaced.
func (p *planner) template(data request.Data, path string) (template string, other bool) {
	for _, o := range p.contract.Operations() {
		if p.contract.Match(o.Method, path) == o {
			return o.Path, false
		}
	}
	for name, id := range data {
		path = strings.ReplaceAll(path, "/"+id, "/{"+name+"}")
	}
	const most = 60
	if len(path) > most {
		path = path[:most] + "…"
	}
	return path, true
}

// why returns what puts a request into its tier.
func (p *planner) why(r request.Request, effect spec.Effect) string {
	o := p.contract.Match(r.Method, r.Path)
	documented := o != nil && o.Method == r.Method
	switch {
	case effect == spec.Charges && documented:
		return "charges a card if it is accepted"
	case effect == spec.Charges:
		return "not documented: a broken target may take it for a payment"
	case effect == spec.Writes && documented:
		return "changes the target if it is accepted"
	case effect == spec.Writes:
		return "not documented: a broken target may change something"
	case documented:
		return "reads"
	}
	return "the method is safe (RFC 9110 section 9.2.1)"
}

// merge adds the counts of a rehearsal.
func (p *planner) merge(first bool) {
	for key, n := range p.counts {
		line := p.lines[key]
		if line == nil {
			line = &reporters.PlanLine{Method: key.method, Path: key.path, Other: key.other, Why: key.why, Least: n, Most: n}
			if !first {
				line.Least = 0
			}
			p.lines[key] = line
			continue
		}
		line.Least, line.Most = min(line.Least, n), max(line.Most, n)
	}
	for key, line := range p.lines {
		if p.counts[key] == 0 {
			line.Least = 0
		}
	}
}
