package html

import (
	"cmp"
	"time"

	"github.com/hostup/api-conformance/reporters/diff"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// A pageTrend is the comparison with an earlier result.
type pageTrend struct {
	Date, DateText, Summary, Note string
	Sections                      []pageChange
}

// A pageChange is one kind of change. Links lead to the entries' places on the page.
type pageChange struct {
	Title   string
	Entries []string
	Links   []string // as long as Entries; "" for an entry without a link
	More    int
	Open    bool
}

// The number of entries that the page lists for each kind of change, and the largest
// number that is not folded.
const (
	shownChanges = 100
	openChanges  = 12
)

// compare adds the comparison with an earlier result to the page.
func (p *page) compare(d diff.Delta) {
	p.Trend = &pageTrend{
		Date: d.Old.Started.UTC().Format(time.RFC3339), DateText: d.Old.Started.UTC().Format("2 January 2006 15:04 UTC"),
		Summary: d.Summary(), Note: d.Differences(),
	}
	isNew := map[string]bool{}
	for _, g := range d.Appeared {
		isNew[g.Signature] = true
	}
	anchors := p.anchors()
	for _, c := range p.cards() {
		c.New = true
		for _, cause := range append([]*pageCause{c.First}, c.Places...) {
			cause.New = isNew[cause.Signature]
			c.New = c.New && cause.New
		}
	}
	for _, s := range d.Sections() {
		if len(s.Entries) == 0 {
			continue
		}
		change := pageChange{Title: s.Title, Entries: s.Entries, Links: make([]string, len(s.Entries)), Open: len(s.Entries) <= openChanges && (s.Title == diff.TitleAppeared || s.Title == diff.TitleFixed)}
		for i := range s.Entries {
			switch s.Title {
			case diff.TitleAppeared:
				change.Links[i] = anchors[d.Appeared[i].Signature]
			case diff.TitleRemains:
				change.Links[i] = anchors[d.Remains[i].Signature]
			}
		}
		if n := len(change.Entries); n > shownChanges {
			change.Entries, change.More = change.Entries[:shownChanges], n-shownChanges
		}
		p.Trend.Sections = append(p.Trend.Sections, change)
	}
}

// cards returns all cards of the page.
func (p *page) cards() []*pageCard { return append(p.First[:len(p.First):len(p.First)], p.Others...) }

// anchors returns the anchor of each cause by signature: its own or, if it has none, that
// of the cause that entails it, or of its card.
func (p *page) anchors() map[string]string {
	at := map[string]string{}
	card := map[string]string{}
	for _, c := range p.cards() {
		card[c.ID+" "+c.Level] = c.Anchor
		for _, cause := range append([]*pageCause{c.First}, c.Places...) {
			at[cause.Signature] = cause.Anchor
		}
	}
	for _, g := range p.Run.Findings {
		if at[g.Signature] == "" {
			at[g.Signature] = cmp.Or(at[g.EntailedBy], card[g.First.Requirement+" "+wording.LevelWord(g.First.Level)])
		}
	}
	return at
}
