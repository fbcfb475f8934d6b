package reporters

import (
	"slices"
	"strings"

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

// A pageLink leads to a place on the page by its name.
type pageLink struct{ Anchor, Text string }

// families makes the table of requirements, with links to the cards of those that
// are violated.
func families(run *Run, cards ...[]*pageCard) []pageFamily {
	operations := map[string][]string{}
	for _, s := range run.Specs {
		for _, id := range s.Requirements {
			operations[id] = append(operations[id], line(s.Operation, unlimited))
		}
	}
	for _, g := range run.Findings {
		operations[g.First.Requirement] = append(operations[g.First.Requirement], line(g.First.Operation, unlimited))
	}
	links := map[string][]pageLink{}
	for _, c := range slices.Concat(cards...) {
		links[c.ID] = append(links[c.ID], linksOf(c)...)
	}
	var out []pageFamily
	for _, q := range run.Requirements {
		i := slices.IndexFunc(out, func(f pageFamily) bool { return f.Name == q.Family })
		if i < 0 {
			out = append(out, pageFamily{Name: q.Family})
			i = len(out) - 1
		}
		r := pageRequirement{
			Requirement: q.Requirement, Level: levelWord(q.Level), Outcome: outcomeClass(q.Outcome), Word: outcomeWord(q.Outcome),
			Operations: operationsText(sorted(operations[q.ID])),
			Sources:    line(strings.Join(q.Sources, "  ·  "), unlimited), Links: links[q.ID],
		}
		if q.Skip != nil {
			r.Skip = line(q.Skip.Reason, valueLimit)
		}
		out[i].Rows = append(out[i].Rows, r)
	}
	for i := range out {
		n := map[Outcome]int{}
		for _, r := range out[i].Rows {
			n[Outcome(r.Outcome)]++
		}
		out[i].Summary = tallyText(n)
	}
	return out
}

// operationsText is what the filter by operation looks into: "*" for nearly all of
// many.
func operationsText(operations []string) string {
	if len(operations) > pageRows {
		return "*"
	}
	return strings.Join(operations, "\n")
}

// linksOf names the first places of a card.
func linksOf(c *pageCard) []pageLink {
	links := []pageLink{{c.Anchor, c.First.Place}}
	for i, place := range c.Places {
		if rest := c.All() - 1 - i; i == shownPlaces && rest > 1 {
			return append(links, pageLink{place.Anchor, count(rest, "more place")})
		}
		links = append(links, pageLink{place.Anchor, place.Place})
	}
	return links
}
