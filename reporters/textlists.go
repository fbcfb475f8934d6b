package reporters

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// How many entries of a list the summary shows unless it is verbose.
const (
	shownIDs   = 8
	shownDrift = 5
	shownMade  = 20

	shownReasons = 5

	shownUnseen = 3 // of an operation

	shownProblem = 8 // lines: a panic and where it was
)

// skips groups what was not tested by its reason.
func (t *text) skips() {
	type entry struct {
		specs int
		ids   []string
	}
	reasons := map[Skip]*entry{}
	at := func(why *Skip) *entry {
		key := Skip{Code: SkipUnexplained, Reason: "no reason given"}
		if why != nil {
			key = *why
		}
		if reasons[key] == nil {
			reasons[key] = new(entry)
		}
		return reasons[key]
	}
	for _, s := range t.run.Specs {
		if s.Outcome == Skipped {
			e := at(s.Skip)
			e.specs++
			e.ids = append(e.ids, s.Requirements...)
		}
	}
	for _, q := range t.run.Requirements {
		if q.Outcome == Skipped && len(q.Specs) == 0 && (t.opt.Verbose || q.Skip == nil || q.Skip.Code != SkipNotSelected || t.run.Settings.Profile != "") {
			e := at(q.Skip)
			e.ids = append(e.ids, q.ID)
		}
	}
	if len(reasons) == 0 {
		return
	}
	t.printf("%s\n", t.yellow("not tested"))
	keys := slices.SortedFunc(maps.Keys(reasons), func(x, y Skip) int {
		return cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(x.Reason, y.Reason))
	})
	rest := 0
	if !t.opt.Verbose && len(keys) > shownReasons+1 {
		// what most wait for first
		slices.SortStableFunc(keys, func(x, y Skip) int { return cmp.Compare(reasons[y].specs, reasons[x].specs) })
		for _, why := range keys[shownReasons:] {
			rest += reasons[why].specs
		}
	}
	for i, why := range keys {
		e := reasons[why]
		if rest > 0 && i == shownReasons {
			t.printf("  %s  for %d more reasons (report.html lists them)\n", count(rest, "spec"), len(keys)-i)
			break
		}
		ids := sorted(e.ids)
		n := count(e.specs, "spec")
		if e.specs == 0 {
			n = count(len(ids), "requirement")
		}
		t.printf("  %s  %s\n", n, wrap(line(why.Code+": "+why.Reason, 1000), t.opt.Width-4-len(n), "    "))
		if len(ids) > 0 && t.opt.Verbose {
			t.printf("    %s\n", t.dim(t.ids(ids, shownIDs)))
		}
	}
	t.printf("\n")
}

// ids lists ids, the first ones only unless the summary is verbose.
func (t *text) ids(ids []string, limit int) string { return idList(ids, t.most(limit)) }

// cap returns the entries of a list of n, and "and N more" for those after
// limit unless the summary is verbose.
func (t *text) cap(n, limit int, entry func(int) string) []string {
	return some(n, t.most(limit), entry)
}

// most is how many entries of a list stand in the summary: limit, or, verbose, all.
func (t *text) most(limit int) int {
	if t.opt.Verbose {
		return unlimited
	}
	return limit
}

// recording says what of recorded traffic was judged, and lists what is none of
// the document's business.
func (t *text) recording() {
	r := t.run.Target.Recording
	if r == nil {
		return
	}
	t.printf("recorded traffic, nothing was sent\n")
	for _, s := range recordingSummary(r) {
		t.printf("  %s\n", wrap(s, t.opt.Width-2, "  "))
		if s != recordingStrangers(r) {
			continue
		}
		for _, u := range t.cap(len(r.Unmatched), shownUnmatched, func(i int) string { return requestLine(r.Unmatched[i]) }) {
			t.printf("    %s\n", t.dim(u))
		}
		if r.UnmatchedMore > 0 {
			t.printf("    %s\n", t.dim(count(r.UnmatchedMore, "request")+" to other addresses"))
		}
	}
	t.printf("\n")
}

// baseline lists the entries that have to be looked at, and those that say nothing
// of this run.
func (t *text) baseline() {
	b := t.run.Baseline
	if b == nil || len(b.Problems)+len(b.Unjudged) == 0 {
		return
	}
	if len(b.Unjudged) > 0 {
		t.printf("baseline: %s that this run could not have shown\n", count(len(b.Unjudged), "entry", "entries"))
		for _, s := range t.cap(len(b.Unjudged), shownIDs, func(i int) string { return line(b.Unjudged[i], placeLimit) }) {
			t.printf("  %s\n", s)
		}
		t.printf("\n")
	}
	if len(b.Problems) == 0 {
		return
	}
	t.printf("%s\n", t.red("baseline: "+count(len(b.Problems), "entry fails this run", "entries fail this run")))
	for _, p := range b.Problems {
		t.printf("  %s\n    %s\n", line(p.Signature, placeLimit), line(p.Text, valueLimit))
	}
	t.printf("\n")
}

// coverage says how much of the document was observed; verbose, it names what never
// was.
func (t *text) coverage() {
	c := selected(t.run)
	if c == nil || c.Seen+c.Unseen == 0 {
		return
	}
	t.printf("observed %d %% of the document (%d of %d)\n", c.Percent(), c.Seen, c.Seen+c.Unseen)
	if !t.opt.Verbose {
		return
	}
	for _, o := range c.Operations {
		unseen := o.UnseenItems()
		t.printf("  %s  %d of %d\n", line(o.Operation, placeLimit), o.Seen, o.Seen+o.Unseen)
		if len(unseen) == 0 {
			continue
		}
		never := t.cap(len(unseen), shownUnseen, func(i int) string { return line(unseen[i].Kind+" "+unseen[i].Text, placeLimit) })
		t.printf("    %s\n", t.dim("never: "+strings.Join(never, ", ")))
	}
	t.printf("\n")
}

// selected is the coverage without the operations that a filter left out.
func selected(run *Run) *Coverage {
	c := run.Coverage
	if c == nil || run.Settings.LabelFilter == "" {
		return c
	}
	only := &Coverage{}
	for _, o := range c.Operations {
		if slices.ContainsFunc(run.Specs, func(s SpecResult) bool { return s.Operation == o.Operation }) {
			only.Operations = append(only.Operations, o)
		}
	}
	only.recount()
	return only
}

// created counts what now exists at the target because of the run; verbose, it lists
// it.
func (t *text) created() {
	all := t.run.Created
	if len(all) == 0 {
		return
	}
	// Who was interrupted, or has to look whether there was a payment, wants the ids.
	lost := t.run.Interrupted || slices.ContainsFunc(all, func(c Created) bool { return c.Unsure != "" })
	if !t.opt.Verbose && !lost {
		t.printf("made at the target: %s (report.html lists them)\n", wrap(madeCounts(all), t.opt.Width-20, "  "))
		return
	}
	t.printf("made at the target\n")
	for _, s := range t.cap(len(all), shownMade, func(i int) string {
		c := all[i]
		what := fmt.Sprintf("%s %s, by %s", line(c.What, 40), line(c.ID, 100), line(c.Spec, placeLimit))
		if c.Deleted {
			what += ", and deleted again"
		}
		if c.Unsure != "" {
			what = "perhaps " + what + " (" + line(c.Unsure, placeLimit) + ")"
		}
		return what
	}) {
		t.printf("  %s\n", s)
	}
	t.printf("\n")
}

// madeCounts is "6 orders, 6 invoices, perhaps 1 payment".
func madeCounts(all []Created) string {
	var order []string
	n := map[string]int{}
	for _, sure := range []bool{true, false} {
		for _, c := range all {
			key := line(c.What, 40)
			if !sure {
				key = "perhaps " + key
			}
			if (c.Unsure == "") != sure {
				continue
			}
			if n[key]++; n[key] == 1 {
				order = append(order, key)
			}
		}
	}
	var parts []string
	for _, key := range order {
		what, perhaps := strings.CutPrefix(key, "perhaps ")
		text := count(n[key], what)
		if strings.HasPrefix(what, "change by ") {
			text = count(n[key], "change") + strings.TrimPrefix(what, "change")
		}
		if perhaps {
			text = "perhaps " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// drift counts, or verbose lists, members that answers carried and no page documents.
func (t *text) drift() {
	all := t.run.Drift
	if len(all) == 0 {
		return
	}
	if !t.opt.Verbose {
		t.printf("not documented, never a violation: %s in answers (report.html lists them)\n", count(len(all), "property", "properties"))
		return
	}
	t.printf("not documented, never a violation\n")
	for _, s := range t.cap(len(all), shownDrift, func(i int) string {
		return fmt.Sprintf("%s  %s  %s", line(all[i].Operation, placeLimit), line(all[i].Where, placeLimit), count(all[i].Count, "time"))
	}) {
		t.printf("  %s\n", s)
	}
	t.printf("\n")
}
