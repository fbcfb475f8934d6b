package plan

import (
	"cmp"
	"maps"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// keyOf returns the line that a request belongs to.
func (p *planner) keyOf(data request.Data, r request.Request) planKey {
	effect := cmp.Or(r.Effect, spec.Reads) // Ping has none
	path, other := p.template(data, r.Path)
	return planKey{effect: effect, path: path, method: r.Method, other: other, why: p.why(r, effect)}
}

// count counts a request. A note holds the ids of the requirements under test, or a word
// for what comes before the specs.
func (r *rehearsal) count(key planKey, note string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[key]++
	if r.ids[key] == nil {
		r.ids[key] = map[string]bool{}
	}
	for _, id := range strings.Fields(cmp.Or(note, "ping")) {
		r.ids[key][id] = true
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

// merge adds what a rehearsal has shown.
func (p *planner) merge(r *rehearsal, first bool) {
	for key, n := range r.counts {
		line := p.lines[key]
		if line == nil {
			line = &reporters.PlanLine{Method: key.method, Path: key.path, Other: key.other, Why: key.why, Least: n, Most: n}
			if !first {
				line.Least = 0
			}
			p.lines[key], p.ids[key] = line, r.ids[key]
			continue
		}
		line.Least, line.Most = min(line.Least, n), max(line.Most, n)
		maps.Copy(p.ids[key], r.ids[key])
	}
	for key, line := range p.lines {
		if r.counts[key] == 0 {
			line.Least = 0
		}
	}
	if first {
		p.data, p.skips = r.data, r.skips
	} else {
		p.skips = inBoth(p.skips, r.skips)
	}
	p.breaks = max(p.breaks, r.breaks)
}
