package wording

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
)

// Hints are guesses at one reason for most of what a run found: a hundred causes
// with one status are no hundred defects. They change no verdict.
//
// Where the target as a whole did not answer, that is the first one, and all that is
// worth saying.
func Hints(run *reporters.Run) (list []string) {
	if o := run.Target.Outage; o != nil {
		text := escape.Line(o.Text, 1000)
		if o.During() {
			text = fmt.Sprintf("%s; %s not judged", text, Count(o.Unjudged, "spec"))
		}
		list = append(list, text)
		for _, h := range o.Hints {
			list = append(list, escape.Line(h, 1000))
		}
		return list
	}
	if s := swappedKeys(run); s != "" {
		list = append(list, s)
	}
	if s := refusedKey(run); s != "" {
		list = append(list, s)
	}
	if s := oneStatus(run); s != "" {
		list = append(list, s)
	}
	return list
}

// refusedKey is for a key that no operation takes, or nearly none: it is wrong
// more often than so many operations are.
func refusedKey(run *reporters.Run) string {
	var refusing []string
	for _, g := range run.Findings {
		f := g.First
		if f.Requirement == "AUTH-KEY-001" && f.Where == "status" && (f.Status == http.StatusUnauthorized || f.Status == http.StatusForbidden) {
			refusing = append(refusing, f.Operation)
		}
	}
	slices.Sort(refusing)
	if n := len(slices.Compact(refusing)); n >= 3 {
		return fmt.Sprintf("%d operations refuse %s: see first whether the key is valid at this target", n, variable(run, reporters.Primary, "the key"))
	}
	return ""
}

// swappedKeys is for two keys of which each can do what the other one should.
func swappedKeys(run *reporters.Run) string {
	refused, allowed, readRefused := false, false, false
	for _, g := range run.Findings {
		f := g.First
		refused = refused || f.Requirement == "AUTH-KEY-001" && f.Status == http.StatusForbidden
		readRefused = readRefused || strings.HasPrefix(f.Requirement, "SCOPE-") && f.Keyword != "refused" && f.Status == http.StatusForbidden
		allowed = allowed || strings.HasPrefix(f.Requirement, "SCOPE-") && f.Keyword == "refused" && f.Status/100 != 4
	}
	if refused && allowed {
		return fmt.Sprintf("%s may not do what %s may: see first whether the two are swapped",
			variable(run, reporters.Primary, "the key"), variable(run, reporters.ReadOnly, "the read-only key"))
	}
	if readRefused && allowed {
		return fmt.Sprintf("%s may not read, and a key without scopes may: see first whether the two are swapped", variable(run, reporters.ReadOnly, "the read-only key"))
	}
	return ""
}

// variable is where the credential of an identity came from; else, if the result does
// not say.
func variable(run *reporters.Run, identity, otherwise string) string {
	return cmp.Or(escape.Line(run.Settings.Credentials[identity], 100), otherwise)
}

// oneStatus is for a target that answers nearly everything alike.
func oneStatus(run *reporters.Run) string {
	const (
		enough  = 20 // answers, fewer say little
		percent = 90
	)
	statuses, all := map[int]int{}, 0
	for _, o := range run.Traffic.Operations {
		for status, n := range o.Statuses {
			statuses[status] += n
			all += n
		}
	}
	for status, n := range statuses {
		if all < enough || n*100 < all*percent { // so it is one at most
			continue
		}
		what := fmt.Sprintf("%d of %d answers have status %d: ", n, all, status)
		switch {
		case status >= 500:
			return what + "the target, or what stands before it, fails as a whole"
		case status >= 300 && status < 400:
			return what + "redirects are not followed, see whether the base URL is the API's own"
		case status == http.StatusNotFound:
			return what + "see whether the base URL is the API's own"
		}
	}
	return ""
}
