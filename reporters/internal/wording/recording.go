package wording

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
)

// ShownUnmatched is the number of unmatched requests listed where there is little room.
const ShownUnmatched = 10

func total(list []reporters.Counted) (n int) {
	for _, c := range list {
		n += c.Count
	}
	return n
}

// RecordingSummary says what was judged and what was not, in one sentence each.
func RecordingSummary(r *reporters.Recording) []string {
	out := []string{fmt.Sprintf("%d of %s judged", r.Judged, Count(r.Requests, "recorded request"))}
	if s := RecordingStrangers(r); s != "" {
		out = append(out, s)
	}
	if n := total(r.Gaps); n > 0 {
		var why []string
		for _, g := range r.Gaps {
			why = append(why, fmt.Sprintf("%s (%d)", escape.Line(g.What, escape.PlaceLimit), g.Count))
		}
		out = append(out, fmt.Sprintf("%s of documented operations cannot be judged: %s", Count(n, "request"), strings.Join(why, ", ")))
	}
	if s := recordingUnreadable(r); s != "" {
		out = append(out, s)
	}
	if r.Repeated > 0 {
		out = append(out, fmt.Sprintf("%s recorded more than once, judged once", Count(r.Repeated, "request")))
	}
	if r.Bodiless > 0 {
		out = append(out, fmt.Sprintf("the body of %s was not recorded, or only in part: status and headers alone were judged", Count(r.Bodiless, "response")))
	}
	return out
}

// RecordingStrangers says how many requests match no operation; "" if all do.
func RecordingStrangers(r *reporters.Recording) string {
	n := total(r.Unmatched) + r.UnmatchedMore
	if n == 0 {
		return ""
	}
	where := ""
	if r.Origin != "" {
		where = " at " + escape.Line(r.Origin, escape.PlaceLimit)
	}
	return fmt.Sprintf("%s %s no operation of the document%s", Count(n, "request"), map[bool]string{true: "matches", false: "match"}[n == 1], where)
}

// recordingUnreadable says which entries were left out; "" if none was.
func recordingUnreadable(r *reporters.Recording) string {
	const shown = 10
	n := len(r.Unreadable) + r.UnreadableMore
	if n == 0 {
		return ""
	}
	var which []string
	for _, u := range r.Unreadable[:min(shown, len(r.Unreadable))] {
		which = append(which, escape.Line(u, escape.PlaceLimit))
	}
	if more := n - len(which); more > 0 {
		which = append(which, fmt.Sprintf("and %d more", more))
	}
	return fmt.Sprintf("%s left out, because HAR has no such form: %s", Count(n, "entry is", "entries are"), strings.Join(which, ", "))
}

// RequestLine returns an entry of Unmatched for people.
func RequestLine(c reporters.Counted) string {
	return fmt.Sprintf("%s (%d)", escape.Line(c.What, escape.PlaceLimit), c.Count)
}

// Target describes what was tested.
func Target(t reporters.Target) string {
	switch {
	case t.Recording != nil:
		return "recorded traffic: " + escape.Line(strings.Join(t.Recording.Files, ", "), escape.PlaceLimit)
	case t.Embedded:
		return "the embedded reference server"
	}
	return escape.Line(t.URL, escape.PlaceLimit)
}
