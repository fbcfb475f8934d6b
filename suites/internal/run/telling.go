package run

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/text"
)

// telling reports each cause of a result once.
type telling struct {
	run     *reporters.Run
	results map[string]reporters.SpecResult     // by name
	charged map[string][]reporters.FindingGroup // spec -> causes that it has to report, see [reporters.Build]
	told    map[string]string                   // signature -> spec that has reported the cause
}

func newTelling(run *reporters.Run) *telling {
	t := &telling{run: run, results: map[string]reporters.SpecResult{}, charged: map[string][]reporters.FindingGroup{}, told: map[string]string{}}
	for _, s := range run.Specs {
		t.results[s.Name] = s
	}
	for _, g := range run.Findings {
		for _, name := range t.chargedWith(g) {
			t.charged[name] = append(t.charged[name], g)
		}
	}
	return t
}

// chargedWith returns the specs that must report a cause: those that met it and test its
// requirement, else all that met it.
func (t *telling) chargedWith(g reporters.FindingGroup) []string {
	met := slices.DeleteFunc(slices.Clone(g.Specs), func(name string) bool { return t.results[name].Outcome == reporters.Errored })
	owners := slices.DeleteFunc(slices.Clone(met), func(name string) bool {
		return !slices.Contains(t.results[name].Requirements, g.First.Requirement)
	})
	if len(owners) > 0 {
		return owners
	}
	return met
}

// failure says why a spec fails. news is "" if other specs have reported all of it; known
// then names them.
func (t *telling) failure(s reporters.SpecResult) (news, known string) {
	var all, references []string
	if s.Outcome == reporters.Errored {
		all = append(all, s.Problem)
	}
	for _, g := range t.charged[s.Name] {
		if !g.Fails {
			continue
		}
		home, ok := t.told[g.Signature]
		if !ok || home == s.Name { // a spec that Ginkgo runs again reports the same
			t.told[g.Signature] = s.Name
			all = append(all, text.Cause(t.run, g))
			continue
		}
		references = append(references, fmt.Sprintf("same cause as %q: %s", home, g.First.Requirement))
	}
	known = strings.Join(references, "\n")
	if len(all) == 0 {
		return "", known
	}
	return strings.Join(append(all, references...), "\n\n"), known
}

// warnings returns the causes that do not fail the run, each once.
func (t *telling) warnings(s reporters.SpecResult) string {
	var list []string
	for _, g := range t.charged[s.Name] {
		if !g.Fails && (t.told[g.Signature] == "" || t.told[g.Signature] == s.Name) {
			t.told[g.Signature] = s.Name
			list = append(list, text.Cause(t.run, g))
		}
	}
	return strings.Join(list, "\n\n")
}
