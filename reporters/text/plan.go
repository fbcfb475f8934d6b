package text

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// WritePlan writes a plan for people: the requests by tier and reason, what they are for,
// and what would not be sent. width is the line length, 0 for no limit.
func WritePlan(w io.Writer, p *reporters.Plan, width int) error {
	t := planText{width: width}
	target := p.Target
	if target == "" {
		target = "the embedded reference server"
	}
	t.printf("plan of a run against %s  ·  safety %s  ·  seed %d\n", target, p.Settings.Safety, p.Settings.Seed)
	for _, s := range [][2]string{{"profile", p.Settings.Profile}, {"filter", p.Settings.LabelFilter}} {
		if s[1] != "" {
			t.printf("%-7s %s\n", s[0], escape.Line(s[1], escape.ValueLimit))
		}
	}
	t.printf("\n")
	t.paragraph(0, "Nothing was sent to the target. "+planMade(p)+" A target that breaks the contract may get fewer.")
	if p.Settings.Procs > 1 {
		t.paragraph(0, fmt.Sprintf("With %d processes, what specs share is sent once in each.", p.Settings.Procs))
	}
	if p.Unkept > 0 {
		t.paragraph(0, fmt.Sprintf("The reference server does not keep this document in %s: what specs send after such a response is missing here.", wording.Count(p.Unkept, "place")))
	}
	if _, most := p.Count(); p.RPS > 0 {
		t.paragraph(0, fmt.Sprintf("With --rps %g that takes up to %v.", p.RPS, time.Duration(float64(most)/p.RPS*float64(time.Second)).Round(time.Second)))
	}
	t.printf("\n")
	for _, d := range p.Data {
		t.printf("data  %-10s ", d.Name)
		t.paragraph(17, d.From)
	}
	for _, tier := range p.Tiers {
		t.tier(tier)
	}
	t.skipped(p.Skipped)
	_, err := w.Write(t.Bytes())
	return err
}

// planMade says how the numbers of a plan were determined.
func planMade(p *reporters.Plan) string {
	if p.Counted {
		return "These are the requests that the same run sends to a conformant one, counted from the document and your settings. Two numbers (0-2) are the least and the most where it depends on answers: ids for a path, pages of lists, methods that are not there."
	}
	return "These are the requests that the same run sends to a conformant one: the suite was run against the embedded reference server with your settings, its credentials and data in place of those that you gave. Two numbers (3-40) are the least and the most where it depends on answers: pages of lists, waiting for a payment."
}

// A planText is a plan while it is written.
type planText struct {
	bytes.Buffer
	width int
}

func (t *planText) printf(format string, args ...any) { fmt.Fprintf(t, format, args...) }

// paragraph writes text with a hanging indent.
func (t *planText) paragraph(indent int, text string) {
	t.printf("%s\n", escape.Wrap(text, t.width-indent, strings.Repeat(" ", indent)))
}

func (t *planText) tier(tier reporters.PlanTier) {
	least, most := tier.Count()
	if most == 0 {
		t.printf("\n%s  no requests\n", tier.Safety)
		return
	}
	t.printf("\n%s  %s requests\n", tier.Safety, between(least, most))
	var reasons []string
	for _, l := range tier.Lines {
		if !slices.Contains(reasons, l.Why) {
			reasons = append(reasons, l.Why)
		}
	}
	slices.SortStableFunc(reasons, func(a, b string) int { return cmp.Compare(largest(tier, b), largest(tier, a)) })
	for _, why := range reasons {
		t.printf("  %s\n", why)
		t.because(tier, why)
	}
}

// largest returns the largest number of requests in one line with this reason.
func largest(tier reporters.PlanTier, why string) (most int) {
	for _, l := range tier.Lines {
		if l.Why == why {
			most = max(most, l.Most)
		}
	}
	return most
}

// because writes the lines of one reason. Undocumented paths are many: those with the
// same method and purpose share a line.
func (t *planText) because(tier reporters.PlanTier, why string) {
	type others struct{ method, purpose string }
	least, most, paths := map[others]int{}, map[others]int{}, map[others][]string{}
	var order []others
	for _, l := range tier.Lines {
		if l.Why != why {
			continue
		}
		if !l.Other {
			t.line(l.Least, l.Most, l.Method, l.Path, l.Requirements)
			continue
		}
		o := others{l.Method, strings.Join(l.Requirements, " ")}
		if paths[o] == nil {
			order = append(order, o)
		}
		least[o] += l.Least
		most[o] += l.Most
		paths[o] = append(paths[o], l.Path)
	}
	for _, o := range order {
		text := paths[o][0]
		if n := len(paths[o]); n > 1 {
			text = fmt.Sprintf("%d paths that are not documented, such as %s", n, paths[o][n/2])
		}
		t.line(least[o], most[o], o.method, text, strings.Fields(o.purpose))
	}
}

func (t *planText) line(least, most int, method, path string, purpose []string) {
	t.printf("%10s  %-8s %s\n%21s", between(least, most), method, escape.Line(path, escape.PlaceLimit), "")
	t.paragraph(21, "for "+strings.Join(shortened(purpose), ", "))
}

// shortened returns the ids or, if there are many, their first parts with the number of
// ids for each.
func shortened(ids []string) []string {
	const many = 8
	if len(ids) <= many {
		return ids
	}
	var list []string
	for i := 0; i < len(ids); {
		first, _, _ := strings.Cut(ids[i], "-")
		n := slices.IndexFunc(ids[i:], func(id string) bool { f, _, _ := strings.Cut(id, "-"); return f != first })
		if n < 0 {
			n = len(ids) - i
		}
		if text := ids[i]; n == 1 {
			list = append(list, text)
		} else {
			list = append(list, fmt.Sprintf("%s (%d)", first, n))
		}
		i += n
	}
	return list
}

func (t *planText) skipped(skips []reporters.PlanSkip) {
	if len(skips) == 0 {
		return
	}
	t.printf("\nnot sent\n")
	for _, s := range skips {
		t.printf("%10s  ", wording.Count(s.Specs, "spec"))
		t.paragraph(12, escape.Line(s.Reason, escape.ValueLimit))
	}
}

func between(least, most int) string {
	if least == most {
		return strconv.Itoa(most)
	}
	return fmt.Sprintf("%d-%d", least, most)
}
