package proof

import (
	"maps"
	"slices"
	"testing"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/fixtures/variants"
)

// alike are changes that no sequence of single requests of the suite shows, and why they
// are kept.
var alike = map[string]string{
	"fault concurrent-500":              atOnce,
	"fault concurrent-problem":          atOnce,
	"fault concurrent-request-id":       atOnce,
	"fault concurrent-rows":             atOnce,
	"fault repeat-rows-lost-under-load": atOnce,
	"fault repeat-shared-row":           atOnce,
	"fault pay-not-atomic":              atOnce,
	"variant clean":                     "is the clean server",
	"variant slow":                      "differs in time alone",
	"variant card-any-spelling":         unsettled,
	"variant input-before-credential":   unsettled,
	"variant input-before-scope":        unsettled,
	"variant no-body-411":               unsettled,
	"variant session-before-key":        unsettled,
	"variant v1-takes-session":          unsettled,
	"variant v1-without-scopes":         unsettled,
}

const (
	atOnce    = "shows when requests are sent at once, as the suite does"
	unsettled = "keeps the suite from asking for what no page settles"
)

// A fault or variant proves nothing if its server responds like the unmodified one. Each
// server gets the requests that the suite sends to a conforming server, one after
// another, until a response differs.
func TestNothingIsDead(t *testing.T) {
	c := soundConversation(t)
	if len(c.sent) < 1000 {
		t.Fatalf("%d requests, want those of the whole suite", len(c.sent))
	}
	changes := map[string]func(*refserver.Config){}
	for _, f := range faults.All() {
		changes["fault "+f.ID] = f.Apply
	}
	for _, v := range variants.All() {
		changes["variant "+v.ID] = v.Apply
	}
	for name := range alike {
		if changes[name] == nil {
			t.Errorf("%s is excused and does not exist", name)
		}
	}
	for i, name := range slices.Sorted(maps.Keys(changes)) {
		if i%deadEvery != 0 {
			continue
		}
		differs := c.differs(t, changes[name])
		switch reason, excused := alike[name]; {
		case !differs && !excused:
			t.Errorf("%s answers as the clean server does", name)
		case differs && excused:
			t.Errorf("%s is excused (%s), but its answers differ", name, reason)
		}
	}
}
