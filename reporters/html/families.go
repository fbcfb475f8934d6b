package html

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/lists"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// A pageFamily is a group of rows in the table of requirements.
type pageFamily struct {
	Name, Summary string
	Rows          []pageRequirement
}

type pageRequirement struct {
	spec.Requirement
	Level, Outcome, Word, Operations string
	Skip, Sources                    string
	Links                            []pageLink
}

// A pageLink is a link to an anchor on the page.
type pageLink struct{ Anchor, Text string }

// families returns the table of requirements, with links to the cards of violated
// requirements.
func families(run *reporters.Run, cards ...[]*pageCard) []pageFamily {
	operations := map[string][]string{}
	for _, s := range run.Specs {
		for _, id := range s.Requirements {
			operations[id] = append(operations[id], escape.Line(s.Operation, escape.Unlimited))
		}
	}
	for _, g := range run.Findings {
		operations[g.First.Requirement] = append(operations[g.First.Requirement], escape.Line(g.First.Operation, escape.Unlimited))
	}
	links, causes := map[string][]pageLink{}, map[string]*pageCause{}
	for _, c := range slices.Concat(cards...) {
		links[c.ID] = append(links[c.ID], linksOf(c)...)
		for _, cause := range append([]*pageCause{c.First}, c.Places...) {
			causes[cause.Signature] = cause
		}
	}
	for _, g := range run.Findings {
		if by := causes[g.EntailedBy]; by != nil && causes[g.Signature] == nil && len(links[g.First.Requirement]) <= wording.ShownPlaces {
			links[g.First.Requirement] = append(links[g.First.Requirement], pageLink{by.Anchor, by.Place})
		}
	}
	var out []pageFamily
	for _, q := range run.Requirements {
		i := slices.IndexFunc(out, func(f pageFamily) bool { return f.Name == q.Family })
		if i < 0 {
			out = append(out, pageFamily{Name: q.Family})
			i = len(out) - 1
		}
		r := pageRequirement{
			Requirement: q.Requirement, Level: wording.LevelWord(q.Level), Outcome: wording.OutcomeClass(q.Outcome), Word: wording.OutcomeWord(q.Outcome),
			Operations: operationsText(lists.Sorted(operations[q.ID])),
			Sources:    escape.Line(strings.Join(q.Sources, "  ·  "), escape.Unlimited), Links: links[q.ID],
		}
		if q.Skip != nil {
			r.Skip = escape.Line(q.Skip.Reason, escape.ValueLimit)
		}
		out[i].Rows = append(out[i].Rows, r)
	}
	for i := range out {
		n := map[reporters.Outcome]int{}
		for _, r := range out[i].Rows {
			n[reporters.Outcome(r.Outcome)]++
		}
		out[i].Summary = wording.Tally(n)
	}
	return out
}

// operationsText returns the text that the operation filter searches: "*" if there are
// too many operations to list.
func operationsText(operations []string) string {
	if len(operations) > pageRows {
		return "*"
	}
	return strings.Join(operations, "\n")
}

// linksOf returns links to the first causes of a card.
func linksOf(c *pageCard) []pageLink {
	links := []pageLink{{c.Anchor, c.First.Place}}
	for i, place := range c.Places {
		if rest := c.All() - 1 - i; i == wording.ShownPlaces && rest > 1 {
			return append(links, pageLink{place.Anchor, wording.Count(rest, "more place")})
		}
		links = append(links, pageLink{place.Anchor, place.Place})
	}
	return links
}
