package reporters

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Recording says what of recorded traffic was judged. Nothing was sent.
type Recording struct {
	Files    []string `json:"files"`            // as they were named
	Origin   string   `json:"origin,omitempty"` // only requests to it were judged
	Requests int      `json:"requests"`         // in the files
	Judged   int      `json:"judged"`
	Repeated int      `json:"repeated,omitempty"` // recorded more than once, judged once
	Bodiless int      `json:"bodiless,omitempty"` // of Judged: by status and headers alone, the body is not on file

	// Gaps are requests of documented operations whose answer cannot be judged, by
	// the reason why.
	Gaps []Counted `json:"gaps,omitempty"`
	// Unmatched are requests that match no operation, or go elsewhere than to
	// Origin: method, origin and path. UnmatchedMore counts those that are not
	// listed.
	Unmatched     []Counted `json:"unmatched,omitempty"`
	UnmatchedMore int       `json:"unmatchedMore,omitempty"`

	// Unreadable are entries that are left out because they have another form than
	// HAR has: where and what, "entries[3].request.url is not an absolute URL".
	// UnreadableMore counts those that are not listed.
	Unreadable     []string `json:"unreadable,omitempty"`
	UnreadableMore int      `json:"unreadableMore,omitempty"`
}

// A Counted is something and how many there were of it.
type Counted struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

// ByCount lists counts, most frequent first.
func ByCount(counts map[string]int) []Counted {
	list := make([]Counted, 0, len(counts))
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, Counted{what, counts[what]})
	}
	slices.SortStableFunc(list, func(a, b Counted) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

func total(list []Counted) (n int) {
	for _, c := range list {
		n += c.Count
	}
	return n
}

// summary says what was judged and what was not, a sentence each.
func (r *Recording) summary() []string {
	out := []string{fmt.Sprintf("%d of %s judged", r.Judged, count(r.Requests, "recorded request"))}
	if s := r.strangers(); s != "" {
		out = append(out, s)
	}
	if n := total(r.Gaps); n > 0 {
		var why []string
		for _, g := range r.Gaps {
			why = append(why, fmt.Sprintf("%s (%d)", line(g.What, placeLimit), g.Count))
		}
		out = append(out, fmt.Sprintf("%s of documented operations cannot be judged: %s", count(n, "request"), strings.Join(why, ", ")))
	}
	if s := r.unreadable(); s != "" {
		out = append(out, s)
	}
	if r.Repeated > 0 {
		out = append(out, fmt.Sprintf("%s recorded more than once, judged once", count(r.Repeated, "request")))
	}
	if r.Bodiless > 0 {
		out = append(out, fmt.Sprintf("the body of %s was not recorded, or only in part: status and headers alone were judged", count(r.Bodiless, "answer")))
	}
	return out
}

// strangers says how many requests match no operation; "" if all do.
func (r *Recording) strangers() string {
	n := total(r.Unmatched) + r.UnmatchedMore
	if n == 0 {
		return ""
	}
	where := ""
	if r.Origin != "" {
		where = " at " + line(r.Origin, placeLimit)
	}
	return fmt.Sprintf("%s %s no operation of the document%s", count(n, "request"), map[bool]string{true: "matches", false: "match"}[n == 1], where)
}

// unreadable says which entries were left out; "" if none was.
func (r *Recording) unreadable() string {
	const shown = 10
	n := len(r.Unreadable) + r.UnreadableMore
	if n == 0 {
		return ""
	}
	var which []string
	for _, u := range r.Unreadable[:min(shown, len(r.Unreadable))] {
		which = append(which, line(u, placeLimit))
	}
	if more := n - len(which); more > 0 {
		which = append(which, fmt.Sprintf("and %d more", more))
	}
	return fmt.Sprintf("%s left out, because HAR has no such form: %s", count(n, "entry is", "entries are"), strings.Join(which, ", "))
}

// RequestLine is an entry of Unmatched for people.
func requestLine(c Counted) string { return fmt.Sprintf("%s (%d)", line(c.What, placeLimit), c.Count) }

// merged is the sum of two recordings; either may be nil.
func (r *Recording) merged(o *Recording) *Recording {
	if r == nil || o == nil {
		return cmp.Or(r, o)
	}
	sum := *r
	sum.Files = distinct(append(slices.Clone(r.Files), o.Files...))
	sum.Requests += o.Requests
	sum.Judged += o.Judged
	sum.Repeated += o.Repeated
	sum.Bodiless += o.Bodiless
	sum.Gaps = addCounts(r.Gaps, o.Gaps)
	sum.Unmatched = addCounts(r.Unmatched, o.Unmatched)
	sum.UnmatchedMore += o.UnmatchedMore
	sum.Unreadable = append(slices.Clone(r.Unreadable), o.Unreadable...)
	sum.UnreadableMore += o.UnreadableMore
	return &sum
}

func addCounts(a, b []Counted) []Counted {
	if len(a)+len(b) == 0 {
		return nil
	}
	counts := map[string]int{}
	for _, c := range slices.Concat(a, b) {
		counts[c.What] += c.Count
	}
	return ByCount(counts)
}

// targetText is what was tested, in words.
func targetText(t Target) string {
	switch {
	case t.Recording != nil:
		return "recorded traffic: " + line(strings.Join(t.Recording.Files, ", "), placeLimit)
	case t.Embedded:
		return "the embedded reference server"
	}
	return line(t.URL, placeLimit)
}
