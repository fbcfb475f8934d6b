package html

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/lists"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// A pageLatency is a row of a latency table.
type pageLatency struct {
	Operation            string
	Exchanges            int
	Statuses             string
	Plot                 template.HTML
	Median, P95, Slowest string
}

// latencies returns the rows and the description of their common axis.
func latencies(run *reporters.Run) (rows []pageLatency, axis string) {
	low, high := time.Duration(math.MaxInt64), time.Duration(0)
	for _, o := range run.Traffic.Operations {
		for _, b := range o.Latency {
			low, high = min(low, b.UpTo), max(high, b.UpTo)
		}
	}
	for _, o := range run.Traffic.Operations {
		r := pageLatency{Operation: o.Operation, Exchanges: o.Exchanges, Statuses: statusText(o.Statuses)}
		if len(o.Latency) > 0 {
			r.Plot = histogram(o, low, high)
		}
		if len(o.Latency) > 0 || o.Slowest > 0 {
			r.Median, r.Slowest = wording.Precise(o.Median), wording.Precise(o.Slowest)
		}
		if len(o.Latency) > 0 {
			r.P95 = wording.Precise(min(reporters.Quantile(o.Latency, 0.95), o.Slowest))
		}
		rows = append(rows, r)
	}
	if high > 0 {
		axis = fmt.Sprintf("%s to %s", wording.Precise(low), wording.Precise(high))
	}
	return rows, axis
}

func statusText(statuses map[int]int) string {
	var keys []int
	for s := range statuses {
		keys = append(keys, s)
	}
	slices.Sort(keys)
	var parts []string
	for _, s := range keys {
		parts = append(parts, fmt.Sprintf("%d × %d", s, statuses[s]))
	}
	return strings.Join(parts, ", ")
}

// histogram draws the buckets on a logarithmic axis, with a line for the median. Its HTML
// holds only numbers and constant text.
func histogram(o reporters.OperationCount, low, high time.Duration) template.HTML {
	const width, height = 200.0, 30.0
	span := math.Log(float64(high)) - math.Log(float64(low))
	at := func(d time.Duration) float64 {
		if span <= 0 || d <= low {
			return 3
		}
		return 3 + (width-9)*min(1, (math.Log(float64(d))-math.Log(float64(low)))/span)
	}
	most := 0
	for _, b := range o.Latency {
		most = max(most, b.Count)
	}
	var s strings.Builder
	fmt.Fprintf(&s, `<svg viewBox="0 0 %g %g" preserveAspectRatio="none" role="img" aria-label="median %s, slowest %s"><line class="s-axis" x1="0" x2="%g" y1="%g" y2="%g"/>`,
		width, height, wording.Precise(o.Median), wording.Precise(o.Slowest), width, height-.5, height-.5)
	bar := 3.5
	if span > 0 {
		bar = max(1.5, min(6, (width-9)*math.Ln2/reporters.BoundsPerTwo/span-.5))
	}
	for _, b := range o.Latency {
		h := max(2, (height-3)*float64(b.Count)/float64(most))
		fmt.Fprintf(&s, `<rect class="s-bar" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, at(b.UpTo), height-1-h, bar, h)
	}
	fmt.Fprintf(&s, `<line class="s-med" x1="%.1f" x2="%.1f" y1="0" y2="%g"/></svg>`, at(o.Median)+bar/2, at(o.Median)+bar/2, height)
	return template.HTML(s.String())
}

// meter draws the share of an operation that was observed.
func meter(c reporters.CoverageCount) template.HTML {
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="s-unseen" width="100" height="8" rx="2"/><rect class="s-seen" width="%d" height="8" rx="2"/></svg>`, c.Percent()))
}

// reasonsOf returns the distinct reasons why items of an operation cannot be provoked.
func reasonsOf(o reporters.OperationCoverage) string {
	var all []string
	for _, i := range o.Items {
		if i.Count == 0 && i.Reason != "" {
			all = append(all, escape.Line(i.Reason, escape.ValueLimit))
		}
	}
	return strings.Join(lists.Distinct(all), "; ")
}
