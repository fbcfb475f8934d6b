package reporters

import (
	"cmp"
	"maps"
	"slices"
)

// A Recording describes which recorded traffic was judged. Nothing was sent.
type Recording struct {
	Files    []string `json:"files"`            // as given
	Origin   string   `json:"origin,omitempty"` // only requests to it were judged
	Requests int      `json:"requests"`         // in the files
	Judged   int      `json:"judged"`
	Repeated int      `json:"repeated,omitempty"` // recorded more than once, judged once
	Bodiless int      `json:"bodiless,omitempty"` // of Judged: only status and headers, as the body was not recorded

	// Gaps counts requests of documented operations whose response cannot be judged, by
	// reason.
	Gaps []Counted `json:"gaps,omitempty"`
	// Unmatched counts requests that match no operation, or go elsewhere than to Origin:
	// method, origin and path. UnmatchedMore counts those that are not listed.
	Unmatched     []Counted `json:"unmatched,omitempty"`
	UnmatchedMore int       `json:"unmatchedMore,omitempty"`

	// Unreadable lists entries that were left out because they are not valid HAR: where
	// and what, "entries[3].request.url is not an absolute URL". UnreadableMore counts
	// those that are not listed.
	Unreadable     []string `json:"unreadable,omitempty"`
	UnreadableMore int      `json:"unreadableMore,omitempty"`
}

// A Counted is a text with a count.
type Counted struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

// ByCount returns the counts as a list, most frequent first.
func ByCount(counts map[string]int) []Counted {
	list := make([]Counted, 0, len(counts))
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, Counted{what, counts[what]})
	}
	slices.SortStableFunc(list, func(a, b Counted) int { return cmp.Compare(b.Count, a.Count) })
	return list
}
