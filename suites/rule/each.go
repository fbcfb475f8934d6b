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

// Each declares one spec for several requirements, each of which has a result of
// its own in every report: its name, see [PartName], its outcome, its findings.
// What the body sends is sent once, whatever the number of requirements, and a
// finding fails the result of its own requirement and not those of the others.
//
// A label filter and env.Env.Only choose among the requirements as if each had a
// spec of its own.
func Each(e *env.Env, operation string, requirements []string, body func(t *T), decorators ...any) bool {
	ids := slices.Sorted(slices.Values(requirements))
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool {
		r, ok := e.Contract.Requirement(id)
		if !ok {
			return false // It says so
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

// PartName is the name of the result of one requirement of a spec of [Each], which
// stands in these containers.
func PartName(c *spec.Contract, containers []string, id string) string {
	return Name(containers, partText(c, id))
}

func partText(c *spec.Contract, id string) string {
	r, _ := c.Requirement(id)
	return id + " " + r.Sentence
}

// name is that of a spec; of one whose requirements have results of their own it
// is the name of the first, under which the report has what belongs to all.
func (a About) name(c *spec.Contract, containers []string, text string) string {
	if a.apart {
		return PartName(c, containers, a.Requirements[0])
	}
	return Name(containers, text)
}

// parts are the names of the results of the requirements of a spec of Each.
func (a About) parts(c *spec.Contract, containers []string) (names []string) {
	if a.apart {
		for _, id := range a.Requirements {
			names = append(names, PartName(c, containers, id))
		}
	}
	return names
}

// reach notes what an answer puts to the test of what the spec is about.
func (t *T) reach(a *Answer) {
	if len(t.unseen()) == 0 {
		return
	}
	for _, id := range a.puts(t) {
		if t.reached == nil {
			t.reached = map[string]bool{}
		}
		t.reached[id] = true
	}
}

// unseen are the requirements of the spec that answers are judged by one by one
// and of which none of its answers showed anything, each with what was missing.
func (t *T) unseen() map[string]string {
	var missing map[string]string
	for _, id := range t.about.Requirements {
		if t.reached[id] || !t.Env.Reaches(id) || slices.ContainsFunc(t.findings, func(f spec.Finding) bool { return f.Requirement == id }) {
			continue
		}
		if missing == nil {
			missing = map[string]string{}
		}
		missing[id] = t.Env.WhyUnseen(id)
	}
	return missing
}

// skipUnseen skips a spec that saw nothing of what it is about: it would pass
// whatever the target does.
func (t *T) skipUnseen() {
	missing := t.unseen()
	if t.skip != nil || len(missing) < len(t.about.Requirements) {
		return
	}
	t.skip = &reporters.Skip{Code: reporters.SkipNoData, Reason: missing[t.about.Requirements[0]]}
}
