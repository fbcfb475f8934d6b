package reporters

import (
	"fmt"
	"strings"
)

// shownUnmatched is how many addresses that match no operation are listed where there is
// little room.
const shownUnmatched = 10

func total(list []Counted) (n int) {
	for _, c := range list {
		n += c.Count
	}
	return n
}

// recordingSummary says what was judged and what was not, a sentence each.
func recordingSummary(r *Recording) []string {
	out := []string{fmt.Sprintf("%d of %s judged", r.Judged, count(r.Requests, "recorded request"))}
	if s := recordingStrangers(r); s != "" {
		out = append(out, s)
	}
	if n := total(r.Gaps); n > 0 {
		var why []string
		for _, g := range r.Gaps {
			why = append(why, fmt.Sprintf("%s (%d)", line(g.What, placeLimit), g.Count))
		}
		out = append(out, fmt.Sprintf("%s of documented operations cannot be judged: %s", count(n, "request"), strings.Join(why, ", ")))
	}
	if s := recordingUnreadable(r); s != "" {
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

// recordingStrangers says how many requests match no operation; "" if all do.
func recordingStrangers(r *Recording) string {
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

// recordingUnreadable says which entries were left out; "" if none was.
func recordingUnreadable(r *Recording) string {
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
