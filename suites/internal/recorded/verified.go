package recorded

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/result"
)

// records returns the specs that the recording amounts to.
func (v *verifier) records() (list []reporters.SpecRecord) {
	tested := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(v.operations)) {
		o := v.operations[name]
		for _, u := range v.unique { // the rules over all exchanges together
			if v.ids.Compared(u.Requirement) > 1 && u.Version == v.version(name) {
				o.reached[u.Requirement]++
			}
		}
		list = append(list, v.operationRecords(o, tested)...)
	}
	return append(list, v.untested(tested)...)
}

func (v *verifier) version(operation string) string {
	for _, o := range v.contract.Operations() {
		if o.Name() == operation {
			return o.Version
		}
	}
	return ""
}

// operationRecords returns one spec for each requirement. The first also holds what
// belongs to all exchanges of the operation.
func (v *verifier) operationRecords(o *verified, tested map[string]bool) (list []reporters.SpecRecord) {
	ids := map[string]bool{}
	for id := range o.reached {
		ids[id] = v.counts(id)
	}
	found := map[string][]*cause{} // by requirement
	for _, signature := range slices.Sorted(maps.Keys(o.causes)) {
		c := o.causes[signature]
		if o.leftOut(c) {
			continue
		}
		for i, f := range c.findings {
			c.findings[i] = v.redactor.Finding(f)
		}
		id := c.findings[0].Requirement
		ids[id], found[id] = true, append(found[id], c)
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if !ids[id] {
			continue
		}
		tested[id] = true
		r, _ := v.contract.Requirement(id)
		s := reporters.SpecRecord{
			Name: o.record.Name + " / " + id + " " + r.Sentence, Area: o.record.Area, Operation: o.record.Operation,
			Requirements: []string{id}, State: reporters.StatePassed, Again: map[string]reporters.Again{},
		}
		for _, c := range found[id] {
			s.Findings = append(s.Findings, c.findings...)
			again := s.Again[c.findings[0].Signature()] // redaction may have merged two causes into one
			s.Again[c.findings[0].Signature()] = reporters.Again{Findings: again.Findings + c.again.Findings, Exchanges: again.Exchanges + c.again.Exchanges}
		}
		if slices.ContainsFunc(s.Findings, func(f spec.Finding) bool { return reporters.Fails(f.Level, v.cfg.Strict) }) {
			s.State = reporters.StateFailed
		}
		list = append(list, s)
	}
	if len(list) == 0 { // the profile excludes everything
		return nil
	}
	first := &list[0]
	first.Exchanges, first.Observed, first.Tally = o.record.Exchanges, o.record.Observed, []reporters.Tally{*o.tally}
	for where, n := range o.drift {
		first.Drift = append(first.Drift, reporters.Drift{Operation: o.tally.Operation, Where: v.redactor.Place(where), Count: n})
	}
	return list
}

// counts reports whether the profile keeps a requirement.
func (v *verifier) counts(id string) bool { return v.profile.Reason(id) == "" }

// untested returns a skipped spec for each requirement that the recording does not
// exercise.
func (v *verifier) untested(tested map[string]bool) (list []reporters.SpecRecord) {
	within := v.reach.All()
	for _, u := range v.unique {
		within = append(within, u.Requirement)
	}
	for _, r := range v.contract.Requirements() {
		if tested[r.ID] || !v.counts(r.ID) {
			continue
		}
		reason := "recorded traffic cannot show it, because it takes requests of its own: run tests it"
		if slices.Contains(within, r.ID) {
			reason = "no recorded exchange puts it to the test: record more traffic, or let run test it"
		}
		list = append(list, reporters.SpecRecord{
			Name: "recorded traffic / not tested / " + r.ID + " " + r.Sentence, Area: "recorded traffic", Requirements: []string{r.ID},
			State: reporters.StateSkipped, Skip: &reporters.Skip{Code: reporters.SkipNoData, Reason: reason},
		})
	}
	return list
}

// notices returns what every reader of the verdict must know.
func (v *verifier) notices() (list []string) {
	if len(v.from) > 1 && v.cfg.BaseURL == "" {
		list = append(list, fmt.Sprintf("the requests went to several origins: %s: choose one with --base-url", top(v.from, len(v.from))))
	}
	return list
}

// recording describes what was judged and what was not.
func (v *verifier) recording(files []string) *reporters.Recording {
	const listed = 100
	r := &reporters.Recording{
		Files: files, Origin: v.cfg.BaseURL, Requests: v.requests, Judged: v.judged, Repeated: v.twice, Bodiless: v.bodiless,
		Gaps: reporters.ByCount(v.gaps), Unmatched: reporters.ByCount(v.unmatched()),
		Unreadable: v.odd, UnreadableMore: v.oddMore,
	}
	for i := range r.Unmatched {
		r.Unmatched[i].What = cut(r.Unmatched[i].What)
	}
	for len(r.Unmatched) > listed {
		last := len(r.Unmatched) - 1
		r.UnmatchedMore += r.Unmatched[last].Count
		r.Unmatched = r.Unmatched[:last]
	}
	return r
}

// shownRequests bounds the list of requests that match no operation.
const shownRequests = 10

// unmatched returns the requests that match no operation, redacted, with their counts.
func (v *verifier) unmatched() map[string]int {
	counts := map[string]int{}
	for what, n := range v.elsewhere {
		counts[v.redactor.Text(what)] += n
	}
	return counts
}

func (v *verifier) others() string {
	what := " of the document"
	if v.cfg.BaseURL != "" {
		what += " at " + v.cfg.BaseURL
	}
	return fmt.Sprintf("of %s none matches an operation%s: %s", config.Plural(total(v.elsewhere), "recorded request"), what, top(v.unmatched(), shownRequests))
}

// nothing returns the error for a recording with nothing to judge.
func (v *verifier) nothing() error {
	switch {
	case len(v.gaps) > 0:
		return result.Errorf(result.ErrNothingTested, "nothing was judged: %s of documented operations, and none with a response to judge: %s", config.Plural(total(v.gaps), "exchange"), top(v.gaps, len(v.gaps)))
	case len(v.elsewhere) > 0:
		return result.Errorf(result.ErrNothingTested, "nothing was judged: %s", v.others())
	}
	if n := len(v.odd) + v.oddMore; n > 0 {
		return result.Errorf(result.ErrNothingTested, "nothing was judged: no entry can be read: %s (%d in all)", v.odd[0], n)
	}
	return result.Errorf(result.ErrNothingTested, "nothing was judged: the recording has no entries")
}

// top lists the most frequent keys with their counts.
func top(counts map[string]int, most int) string {
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var parts []string
	for _, k := range keys[:min(most, len(keys))] {
		parts = append(parts, fmt.Sprintf("%s (%d)", cut(k), counts[k]))
	}
	if rest := len(keys) - len(parts); rest > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", rest))
	}
	return strings.Join(parts, ", ")
}

// cut shortens a URL that would fill a page.
func cut(s string) string {
	const most = 120
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func total(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
