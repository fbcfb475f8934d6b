package rule

import (
	"slices"

	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

// EachText is the text of the specs that [Each] declares.
const EachText = "every rule"

// Each declares one spec for several requirements, each with a result of its own in every
// report: its name, see [PartName], its state, its findings. The body runs, and sends its
// requests, only once, and a finding fails only the result of its own requirement.
//
// A label filter and env.Env.Only choose among the requirements as if each had its own
// spec. Each reports whether any was declared.
func Each(e *env.Env, operation string, requirements []string, body func(t *T), decorators ...any) bool {
	ids := slices.Sorted(slices.Values(requirements))
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool {
		r, ok := e.Contract.Requirement(id)
		if !ok {
			return false // It panics on this one
		}
		return len(e.Only) > 0 && !slices.Contains(e.Only, id) || !e.Selects([]string{id, string(r.Level), r.Family, operation})
	})
	if len(ids) == 0 {
		return false
	}
	about := Of(operation, ids...)
	about.apart = true
	return It(e, EachText, about, body, append([]any{ginkgo.Offset(1)}, decorators...)...)
}

// PartName returns the name of the result of one requirement of a spec of [Each] in these
// containers.
func PartName(c *spec.Contract, containers []string, id string) string {
	return Name(containers, partText(c, id))
}

func partText(c *spec.Contract, id string) string {
	r, _ := c.Requirement(id)
	return id + " " + r.Sentence
}

// name returns the name of a spec; if its requirements have their own results, that of
// the first, which in reports also holds what belongs to all.
func (a About) name(c *spec.Contract, containers []string, text string) string {
	if a.apart {
		return PartName(c, containers, a.Requirements[0])
	}
	return Name(containers, text)
}

// parts returns the names of the results of a spec of Each, nil for others.
func (a About) parts(c *spec.Contract, containers []string) (names []string) {
	if a.apart {
		for _, id := range a.Requirements {
			names = append(names, PartName(c, containers, id))
		}
	}
	return names
}

// reach records which requirements of the spec a response exercises.
func (t *T) reach(a *Answer) {
	if !slices.ContainsFunc(t.about.Requirements, t.unseenYet) {
		return
	}
	for _, id := range a.puts(t) {
		t.Exercised(id)
	}
}

// Exercised records that the spec itself put one of its requirements to the test, which
// single responses do otherwise.
func (t *T) Exercised(id string) {
	if t.reached == nil {
		t.reached = map[string]bool{}
	}
	t.reached[id] = true
}

// unseen returns the spec's requirements that apply to single responses and that no
// response of the spec exercised, each with what was missing.
func (t *T) unseen() map[string]string {
	var missing map[string]string
	for _, id := range t.about.Requirements {
		if !t.unseenYet(id) {
			continue
		}
		if missing == nil {
			missing = map[string]string{}
		}
		missing[id] = t.Env.WhyUnseen(id)
	}
	return missing
}

func (t *T) unseenYet(id string) bool {
	return !t.reached[id] && t.Env.Reaches(id) && !slices.ContainsFunc(t.findings, func(f spec.Finding) bool { return f.Requirement == id })
}

// skipUnseen skips a spec that exercised none of its requirements: it would pass whatever
// the target does.
func (t *T) skipUnseen() {
	missing := t.unseen()
	if t.skip != nil || len(missing) < len(t.about.Requirements) {
		return
	}
	t.skip = &reporters.Skip{Code: reporters.SkipNoData, Reason: missing[t.about.Requirements[0]]}
}
