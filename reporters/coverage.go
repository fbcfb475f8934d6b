package reporters

import (
	"fmt"

	"github.com/hostup/api-conformance/spec"
)

// Coverage says which parts of the document the exchanges of a run showed. It reveals a
// green run that saw only empty lists.
type Coverage struct {
	CoverageCount
	Operations []OperationCoverage `json:"operations"` // in the order of the document
}

// A CoverageCount counts items. An observed item counts as seen even if it cannot be
// provoked.
type CoverageCount struct {
	Seen         int `json:"seen"`
	Unseen       int `json:"unseen"`       // not seen, though a request could have shown it
	Unprovokable int `json:"unprovokable"` // not seen, and no request can provoke it
}

// Percent returns the share of the observable items that was seen, from 0 to 100, rounded
// down: 100 means all.
func (c CoverageCount) Percent() int {
	if c.Seen+c.Unseen == 0 {
		return 100
	}
	return 100 * c.Seen / (c.Seen + c.Unseen)
}

func (c *CoverageCount) add(i CoveredItem) {
	switch {
	case i.Count > 0:
		c.Seen++
	case i.Reason != "":
		c.Unprovokable++
	default:
		c.Unseen++
	}
}

// OperationCoverage is the coverage of one operation.
type OperationCoverage struct {
	Operation string `json:"operation"`
	CoverageCount
	Items []CoveredItem `json:"items"`
}

// A CoveredItem is an item of the universe with the number of times it was seen.
type CoveredItem struct {
	Key    string `json:"key"`
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	Count  int    `json:"count"`            // exchanges that showed it
	Reason string `json:"reason,omitempty"` // why it cannot be provoked
}

// UnseenItems returns the items of the operation that could have been seen and were not.
func (o OperationCoverage) UnseenItems() []CoveredItem {
	var out []CoveredItem
	for _, i := range o.Items {
		if i.Count == 0 && i.Reason == "" {
			out = append(out, i)
		}
	}
	return out
}

// Kinds returns the counts for each kind of item, in the order of [spec.CoverKinds].
func (o OperationCoverage) Kinds() []KindCoverage {
	var out []KindCoverage
	for _, kind := range spec.CoverKinds() {
		k := KindCoverage{Kind: kind}
		for _, i := range o.Items {
			if i.Kind == kind {
				k.add(i)
			}
		}
		if k.Seen+k.Unseen+k.Unprovokable > 0 {
			out = append(out, k)
		}
	}
	return out
}

// KindCoverage counts the items of one kind.
type KindCoverage struct {
	Kind string
	CoverageCount
}

// Selected returns the coverage of the operations that the run had specs for, as those
// excluded by a filter could not be observed. Without a filter it is everything; nil if
// the run observed nothing.
func (r *Run) Selected() *Coverage {
	if r.Coverage == nil || r.Settings.LabelFilter == "" {
		return r.Coverage
	}
	chosen := map[string]bool{}
	for _, s := range r.Specs {
		chosen[s.Operation] = true
	}
	c := &Coverage{}
	for _, o := range r.Coverage.Operations {
		if chosen[o.Operation] {
			c.Operations = append(c.Operations, o)
		}
	}
	c.Recount()
	return c
}

// CheckCoverage returns an error if less than percent of the selected document was seen
// (see [Run.Selected]), or if the run did not record coverage.
func CheckCoverage(run *Run, percent int) error {
	c := run.Selected()
	switch {
	case percent <= 0:
		return nil
	case c == nil:
		return fmt.Errorf("the result holds no coverage: --min-coverage %d cannot be judged", percent)
	case len(c.Operations) == 0 && len(run.Coverage.Operations) > 0:
		return fmt.Errorf("the specs that were selected are about no operation: --min-coverage %d cannot be judged", percent)
	case c.Percent() < percent:
		return fmt.Errorf("%d %% of %s was observed (%d of %d), --min-coverage asks for %d %%: the reports list what is missing",
			c.Percent(), run.Observable(), c.Seen, c.Seen+c.Unseen, percent)
	}
	return nil
}

// Observable describes what [Run.Selected] covers.
func (r *Run) Observable() string {
	if c := r.Selected(); c != nil && len(c.Operations) < len(r.Coverage.Operations) {
		return "the selected part of the document"
	}
	return "the document"
}

// coverage adds up what the specs observed.
func (b *builder) coverage() *Coverage {
	if len(b.m.Universe) == 0 {
		return nil
	}
	counts := map[string]int{}
	for _, s := range b.specs {
		for key, n := range s.Observed {
			counts[key] += n
		}
	}
	c := &Coverage{}
	at := map[string]int{}
	for _, i := range b.m.Universe {
		k, ok := at[i.Operation]
		if !ok {
			k = len(c.Operations)
			at[i.Operation] = k
			c.Operations = append(c.Operations, OperationCoverage{Operation: i.Operation})
		}
		o := &c.Operations[k]
		o.Items = append(o.Items, CoveredItem{Key: i.Key, Kind: i.Kind, Text: i.Text, Reason: i.Reason, Count: counts[i.Key]})
	}
	c.Recount()
	return c
}

// Recount recomputes the counts from the items.
func (c *Coverage) Recount() {
	c.CoverageCount = CoverageCount{}
	for k := range c.Operations {
		o := &c.Operations[k]
		o.CoverageCount = CoverageCount{}
		for _, i := range o.Items {
			o.add(i)
			c.add(i)
		}
	}
}
