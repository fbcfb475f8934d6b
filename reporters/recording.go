package reporters

import (
	"cmp"
	"maps"
	"slices"
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
