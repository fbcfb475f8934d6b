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

// Hints returns guesses at a single reason for most findings of a run: a hundred causes
// with one status are not a hundred defects. They do not change the verdict.
//
// If the target as a whole was down, only that is reported.
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

// refusedKey detects a key that several operations refuse: a wrong key is likelier than
// as many faults.
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

// swappedKeys detects two keys each of which can do what only the other should.
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

// variable returns the variable of an identity's credential, or otherwise if the result
// does not name one.
func variable(run *reporters.Run, identity, otherwise string) string {
	return cmp.Or(escape.Line(run.Settings.Credentials[identity], 100), otherwise)
}

// oneStatus detects a target that returns nearly the same status everywhere.
func oneStatus(run *reporters.Run) string {
	status, n, all := Uniform(run)
	what := fmt.Sprintf("%d of %d responses have status %d: ", n, all, status)
	switch {
	case status >= 500:
		return what + "the target, or what stands before it, fails as a whole"
	case status >= 300 && status < 400:
		return what + "redirects are not followed, see whether the base URL is the API's own"
	case status == http.StatusNotFound:
		return what + "see whether the base URL is the API's own"
	}
	return ""
}

// Uniform returns the status of nearly all responses, 0 for none, of how many, and how many
// there are.
func Uniform(run *reporters.Run) (status, n, all int) {
	const (
		enough  = 20 // responses; fewer say little
		percent = 90
	)
	statuses := map[int]int{}
	for _, o := range run.Traffic.Operations {
		for status, n := range o.Statuses {
			statuses[status] += n
			all += n
		}
	}
	for status, n := range statuses {
		if all >= enough && n*100 >= all*percent { // at most one status qualifies
			return status, n, all
		}
	}
	return 0, 0, all
}
