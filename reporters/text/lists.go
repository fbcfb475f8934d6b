package text

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/lists"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// How many entries of a list the summary shows unless it is verbose.
const (
	shownIDs   = 8
	shownDrift = 5
	shownMade  = 20
	madeLimit  = 160 // characters of the kinds of what was made

	shownReasons = 5

	shownUnseen = 3 // of an operation

	shownProblem = 8 // lines: a panic and where it was
)

// skips groups what was not tested by reason. Requirements that a label filter excludes
// are many, and expected by the reader.
func (t *text) skips() {
	all := slices.DeleteFunc(wording.Skips(t.run), func(s wording.Skipped) bool {
		return s.Count == 0 && s.Code == reporters.SkipNotSelected && !t.opt.Verbose && t.run.Settings.Profile == ""
	})
	if len(all) == 0 {
		return
	}
	t.printf("%s\n", t.Yellow("not tested"))
	slices.SortFunc(all, func(x, y wording.Skipped) int {
		return cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(x.Reason, y.Reason))
	})
	rest := 0
	if !t.opt.Verbose && len(all) > shownReasons+1 {
		// most frequent first
		slices.SortStableFunc(all, func(x, y wording.Skipped) int { return cmp.Compare(y.Count, x.Count) })
		for _, s := range all[shownReasons:] {
			rest += s.Count
		}
	}
	for i, s := range all {
		if rest > 0 && i == shownReasons {
			t.printf("  %s  for %d more reasons (report.html lists them)\n", wording.Count(rest, "spec"), len(all)-i)
			break
		}
		n := wording.Count(s.Count, "spec")
		if s.Count == 0 {
			n = wording.Count(len(s.IDs), "requirement")
		}
		t.printf("  %s  %s\n", n, escape.Wrap(escape.Line(s.Code+": "+s.Reason, 1000), t.opt.Width-4-len(n), "    "))
		if len(s.IDs) > 0 && t.opt.Verbose {
			t.printf("    %s\n", t.Dim(t.ids(s.IDs, shownIDs)))
		}
	}
	t.printf("\n")
}

// ids lists ids, shortened unless the summary is verbose.
func (t *text) ids(ids []string, limit int) string { return wording.IDs(ids, t.most(limit)) }

// cap returns the first limit of n entries, and "and N more" for the rest; all if the
// summary is verbose.
func (t *text) cap(n, limit int, entry func(int) string) []string {
	return lists.Some(n, t.most(limit), entry)
}

// most returns limit, or no limit if the summary is verbose.
func (t *text) most(limit int) int {
	if t.opt.Verbose {
		return escape.Unlimited
	}
	return limit
}

// recording describes which recorded traffic was judged, and lists requests that match no
// operation.
func (t *text) recording() {
	r := t.run.Target.Recording
	if r == nil {
		return
	}
	t.printf("recorded traffic, nothing was sent\n")
	for _, s := range wording.RecordingSummary(r) {
		t.printf("  %s\n", escape.Wrap(s, t.opt.Width-2, "  "))
		if s != wording.RecordingStrangers(r) {
			continue
		}
		for _, u := range t.cap(len(r.Unmatched), wording.ShownUnmatched, func(i int) string { return wording.RequestLine(r.Unmatched[i]) }) {
			t.printf("    %s\n", t.Dim(u))
		}
		if r.UnmatchedMore > 0 {
			t.printf("    %s\n", t.Dim(wording.Count(r.UnmatchedMore, "request")+" to other addresses"))
		}
	}
	t.printf("\n")
}

// baseline lists the entries that need attention, and those that this run could not have
// shown.
func (t *text) baseline() {
	b := t.run.Baseline
	if b == nil || len(b.Problems)+len(b.Unjudged) == 0 {
		return
	}
	if len(b.Unjudged) > 0 {
		t.printf("baseline: %s that this run could not have shown\n", wording.Count(len(b.Unjudged), "entry", "entries"))
		for _, s := range t.cap(len(b.Unjudged), shownIDs, func(i int) string { return escape.Line(b.Unjudged[i], escape.PlaceLimit) }) {
			t.printf("  %s\n", s)
		}
		t.printf("\n")
	}
	if len(b.Problems) == 0 {
		return
	}
	t.printf("%s\n", t.Red("baseline: "+wording.Count(len(b.Problems), "entry fails this run", "entries fail this run")))
	for _, p := range b.Problems {
		t.printf("  %s\n    %s\n", escape.Line(p.Signature, escape.PlaceLimit), escape.Line(p.Text, escape.ValueLimit))
	}
	t.printf("\n")
}

// coverage says how much of the document was observed; verbose, it names what never was.
func (t *text) coverage() {
	c := t.run.Selected()
	if c == nil || c.Seen+c.Unseen == 0 {
		return
	}
	t.line(fmt.Sprintf("observed %d %% of %s (%d of %d)", c.Percent(), t.run.Observable(), c.Seen, c.Seen+c.Unseen))
	if !t.opt.Verbose {
		return
	}
	for _, o := range c.Operations {
		unseen := o.UnseenItems()
		t.printf("  %s  %d of %d\n", escape.Line(o.Operation, escape.PlaceLimit), o.Seen, o.Seen+o.Unseen)
		if len(unseen) == 0 {
			continue
		}
		never := t.cap(len(unseen), shownUnseen, func(i int) string { return escape.Line(unseen[i].Kind+" "+unseen[i].Text, escape.PlaceLimit) })
		t.printf("    %s\n", t.Dim("never: "+strings.Join(never, ", ")))
	}
	t.printf("\n")
}

// created counts what now exists at the target because of the run; verbose, it lists it.
func (t *text) created() {
	all := t.run.Created
	if len(all) == 0 {
		return
	}
	// After an interruption, or a possible payment, the user needs the ids.
	lost := t.run.Interrupted || slices.ContainsFunc(all, func(c reporters.Created) bool { return c.Unsure != "" })
	if !t.opt.Verbose && !lost {
		t.line("made at the target: " + madeCounts(all) + " (report.html lists them)")
		return
	}
	t.printf("made at the target\n")
	for _, s := range t.cap(len(all), shownMade, func(i int) string {
		c := all[i]
		what := fmt.Sprintf("%s %s, by %s", escape.Line(c.What, 40), escape.Line(c.ID, 100), escape.Line(c.Spec, escape.PlaceLimit))
		if c.Deleted {
			what += ", and deleted again"
		}
		if c.Unsure != "" {
			what = "perhaps " + what + " (" + escape.Line(c.Unsure, escape.PlaceLimit) + ")"
		}
		return what
	}) {
		t.printf("  %s\n", s)
	}
	t.printf("\n")
}

// madeCounts returns "6 orders, 6 invoices, perhaps 1 payment". Of many kinds it names the
// first ones and counts the others: "2 POST /a requests, 9 others of 4 kinds".
func madeCounts(all []reporters.Created) string {
	var order []string
	n := map[string]int{}
	for _, sure := range []bool{true, false} {
		for _, c := range all {
			key := escape.Line(c.What, escape.PlaceLimit)
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
		text := wording.Count(n[key], what)
		if strings.HasPrefix(what, "change by ") {
			text = wording.Count(n[key], "change") + strings.TrimPrefix(what, "change")
		}
		if perhaps {
			text = "perhaps " + text
		}
		parts = append(parts, text)
	}
	shown := len(strings.Join(parts, ", "))
	rest := 0
	for len(parts) > 1 && shown > madeLimit {
		shown -= len(parts[len(parts)-1]) + len(", ")
		parts = parts[:len(parts)-1]
		rest += n[order[len(parts)]]
	}
	if kinds := len(order) - len(parts); kinds > 0 {
		parts = append(parts, wording.Count(rest, "other")+" of "+wording.Count(kinds, "kind"))
	}
	return strings.Join(parts, ", ")
}

// drift counts or, verbose, lists undocumented properties in responses.
func (t *text) drift() {
	all := t.run.Drift
	if len(all) == 0 {
		return
	}
	if !t.opt.Verbose {
		t.printf("not documented, never a violation: %s in responses (report.html lists them)\n", wording.Count(len(all), "property", "properties"))
		return
	}
	t.printf("not documented, never a violation\n")
	for _, s := range t.cap(len(all), shownDrift, func(i int) string {
		return fmt.Sprintf("%s  %s  %s", escape.Line(all[i].Operation, escape.PlaceLimit), escape.Line(all[i].Where, escape.PlaceLimit), wording.Count(all[i].Count, "time"))
	}) {
		t.printf("  %s\n", s)
	}
	t.printf("\n")
}
