package html

import (
	"cmp"
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// A pageCard is a violated requirement with all its causes: a single defect of a server
// is one card, however many operations it affects.
type pageCard struct {
	Anchor, Class, Label           string
	ID, Level, Sentence, Rationale string
	Place, Seen                    string // for the line below the sentence
	Open                           bool
	New                            bool // all of its causes are new, see compare

	First  *pageCause
	Places []*pageCause // the other causes
	More   int          // causes that are only in report.json

	Prev, Next *pageCard
}

// All returns the number of causes of a card.
func (c *pageCard) All() int { return 1 + len(c.Places) + c.More }

// A pageCause is one cause: a requirement violated at one place.
type pageCause struct {
	Anchor, Class, Label        string
	ID, Level, Operation, Place string
	Want, Got, Brief            string
	Source, Seen, Known         string
	Entailed                    []string // other rules that the same responses break
	Signature                   string
	Specs                       []string
	MoreSpecs                   int
	New                         bool
	Example                     *pageExchange
	Left                        string // an exchange left out for lack of space
}

const (
	shownSpecs   = 5       // specs that the page names for a cause
	pagePlaces   = 100     // causes of a card besides the first
	pageCauses   = 600     // with more causes than this, cards list fewer
	pageEvidence = 3 << 19 // bytes of all exchanges
)

// findings builds the cards in the order of the causes, and sets the anchor of each
// cause.
func (p *page) findings() {
	catalogue := p.Run.Catalogue()
	at := map[string]int{} // by signature, counting from 1
	for i, g := range p.Run.Findings {
		at[g.Signature] = i + 1
	}
	causes, _ := reporters.Told(p.Run.Findings)
	p.Failing = reporters.Failing(causes)
	p.NotFailing = len(causes) - p.Failing
	all := wording.Blocks(p.Run.Findings)
	places := pagePlaces
	if len(p.Run.Findings) > pageCauses {
		places = min(places, max(3, pageCauses/len(all)))
	}
	var cards []*pageCard
	for _, b := range all {
		c := newCard(b, catalogue[b.First().First.Requirement], places, at)
		if n := len(cards); n > 0 {
			c.Prev, cards[n-1].Next = cards[n-1], c
		}
		cards = append(cards, c)
	}
	p.evidence(all, cards)
	if len(cards) > 0 {
		cards[0].Open = true
	}
	for _, c := range cards {
		if c.Class == "failed" {
			p.Broken = append(p.Broken, c)
		}
	}
	if p.First = cards; len(cards) > shownFindings+1 {
		p.First, p.Others = cards[:shownFindings], cards[shownFindings:]
	}
	if len(p.Broken) > shownBroken+1 {
		p.Broken, p.MoreBroken = p.Broken[:shownBroken], len(p.Broken)-shownBroken
	}
}

// broken returns the number of requirements that fail the run.
func (p *page) broken() int { return len(p.Broken) + p.MoreBroken }

// evidence adds an exchange to each cause while there is space: first to the first cause
// of every card, then to the others.
func (p *page) evidence(all []wording.Block, cards []*pageCard) {
	room := pageEvidence
	exchanges := map[string]*reporters.Exchange{}
	for i := range p.Run.Exchanges {
		exchanges[p.Run.Exchanges[i].ID] = &p.Run.Exchanges[i]
	}
	give := func(c *pageCause, g reporters.FindingGroup) {
		for _, id := range append([]string{g.First.Exchange}, g.Examples...) {
			e := exchanges[id]
			if id == "" || e == nil {
				continue
			}
			shown := newPageExchange(*e, g.First)
			if shown.size() > room/8 {
				shown.shorten()
			}
			if shown.size() > room {
				c.Left = escape.Line(id, escape.PlaceLimit)
				return
			}
			room -= shown.size()
			c.Example = shown
			return
		}
	}
	for i, c := range cards {
		give(c.First, all[i].First())
	}
	for i, c := range cards {
		for k, place := range c.Places {
			give(place, all[i].Groups[k+1])
		}
	}
}

func newCard(b wording.Block, q spec.Requirement, places int, at map[string]int) *pageCard {
	f := b.First().First
	c := &pageCard{
		ID: f.Requirement, Level: wording.LevelWord(cmp.Or(f.Level, q.Level)), Rationale: q.Rationale,
		Sentence: cmp.Or(q.Sentence, "(this requirement is not in the catalogue)"),
	}
	for i, g := range b.Groups {
		if i > places {
			c.More = len(b.Groups) - i
			break
		}
		cause := newCause(g, q, at[g.Signature])
		cause.Entailed = b.Entailed(g)
		if i == 0 {
			c.First = cause
		} else {
			c.Places = append(c.Places, cause)
		}
	}
	c.Anchor, c.Class, c.Label = c.First.Anchor, c.First.Class, c.First.Label
	if c.Place, c.Seen = c.First.Place, c.First.Seen; c.All() > 1 {
		c.Place = placesOf(b)
		c.Seen = wording.Count(c.All(), "place")
	}
	return c
}

// placesOf names the operation of a block, or the first one and the number of others.
func placesOf(b wording.Block) string {
	operations := map[string]bool{}
	for _, g := range b.Groups {
		operations[g.First.Operation] = true
	}
	if len(operations) == 1 {
		return escape.Line(b.First().First.Operation, escape.PlaceLimit)
	}
	return escape.Line(b.First().First.Operation, escape.PlaceLimit) + " and " + wording.Count(len(operations)-1, "more operation")
}

func newCause(g reporters.FindingGroup, q spec.Requirement, number int) *pageCause {
	f := g.First
	c := &pageCause{
		Anchor: "finding-" + strconv.Itoa(number), Class: "warned", Label: "warning",
		ID: f.Requirement, Level: wording.LevelWord(cmp.Or(f.Level, q.Level)),
		Operation: f.Operation, Place: wording.Where(f), Want: escape.Line(f.Want, 1000), Got: escape.Line(f.Got, 1000),
		Brief:  "want " + escape.Line(f.Want, 80) + ", got " + escape.Line(f.Got, 80),
		Source: wording.Source(f, q), Signature: g.Signature, Specs: g.Specs,
	}
	if g.Fails {
		c.Class, c.Label = "failed", "fails"
	}
	if g.Known != nil {
		c.Label, c.Known = "known", wording.Known(*g.Known)
		g.Known = nil // shown separately
	}
	c.Seen = wording.Seen(reporters.FindingGroup{Exchanges: g.Exchanges, Of: g.Of, Count: g.Count})
	if len(c.Specs) > shownSpecs {
		c.Specs, c.MoreSpecs = c.Specs[:shownSpecs], len(c.Specs)-shownSpecs
	}
	return c
}
