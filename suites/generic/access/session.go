package access

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

var session = request.Auth{Place: request.Cookie, Secret: request.Session}

// sessions: a dashboard session is accepted like a key. The session of the run must
// belong to the same customer as the keys.
func sessions(e *env.Env, op *spec.Operation) {
	if !takesSession(op) {
		return
	}
	rule.It(e, "accepts a dashboard session", rule.Of(op.ID, "AUTH-SESSION-001"), func(t *rule.T) {
		t.Need(request.Session)
		if op.Effect == spec.Reads {
			t.Accepted(t.Valid().WithAuth(session).WithNote("a session"))
			return
		}
		authenticated(t, op, "AUTH-SESSION-001", session)
	})

	rule.It(e, "refuses a session that does not exist", rule.Of(op.ID, "AUTH-SESSION-002"), func(t *rule.T) {
		made := []nearby{
			{"a made-up session", "conformance-3d1c9be07f6a48525be1"},
			{"the session \"true\"", "true"},
		}
		made = append(made, resembling(t.Env.Config.Secret(request.Session))...)
		for _, s := range made {
			auth := request.Auth{Place: request.Cookie, Literal: s.value}
			denied(t, as(op, "AUTH-SESSION-002", auth, s.note), withoutSession(e, op)...)
		}
	})

	if op.Effect == spec.Reads {
		rule.It(e, "lists the same for a session and for a key", rule.Of(op.ID, "AUTH-SESSION-001"), func(t *rule.T) {
			sameRows(t, session, "a session")
		})
	}
}

// withoutSession is unauthenticated for a cookie: before it checks the session, a server
// may demand proof that its dashboard sent a request that changes something.
func withoutSession(e *env.Env, op *spec.Operation) []int {
	statuses := unauthenticated(e, op)
	if op.Effect != spec.Reads && !slices.Contains(statuses, 403) {
		statuses = append(statuses, 403)
	}
	return statuses
}

// sameRows compares the ids of all rows with what the full key sees: the credentials of a
// run belong to one customer, and a scope grants reading as a whole. Others may write
// meanwhile (such as a payment of this very run in another process), so the session is
// compared only with what the key saw both before and after. The order of rows is left to
// the specs of the lists.
func sameRows(t *rule.T, auth request.Auth, note string) {
	t.Need(auth.Secret)
	for _, x := range forms(t.Operation()) {
		valid := x.change(t.Valid())
		// A page beyond the end may be refused; other requirements say who may read a
		// kind.
		if x.note != "" && !t.Send(valid).Success() {
			continue
		}
		sameRowsOf(t, valid, auth, note+x.note)
	}
}

func sameRowsOf(t *rule.T, valid request.Request, auth request.Auth, note string) {
	const tries = 3
	before := t.Served(valid)
	for range tries {
		between := t.Accepted(valid.WithAuth(auth).WithNote(note))
		after := t.Served(valid)
		want, got := ids(before), ids(between)
		if maps.Equal(want, ids(after)) {
			for _, place := range slices.Sorted(maps.Keys(want)) {
				if got[place] != want[place] {
					t.Violation(between, t.Requirement(), place, "equal", inWords(want, place)+", as with the full key", inWords(got, place))
				}
			}
			return
		}
		before = after
	}
	t.Skip(reporters.SkipNoData, "the list changed between any two of %d readings: run it while nobody writes", tries+1)
}

// ids returns the sorted ids of the rows in each array of a response, which is an array
// itself or an object with arrays as properties.
func ids(a *rule.Answer) map[string]string {
	lists := map[string]string{}
	add := func(place string, rows []any) {
		var names []string
		for _, row := range rows {
			names = append(names, rule.Member(row, "id"))
		}
		slices.Sort(names)
		lists[place] = strings.Join(names, " ")
	}
	if rows, ok := a.Value().([]any); ok {
		add("$", rows)
	}
	for member, v := range a.Object() {
		if more, ok := v.(bool); ok {
			lists["$."+member] = strconv.FormatBool(more)
		}
		if rows, ok := v.([]any); ok {
			add("$."+member, rows)
		}
	}
	return lists
}

// inWords returns what [ids] has for a place in words: "2 rows (a, b)", "no rows", "true".
func inWords(lists map[string]string, place string) string {
	list, there := lists[place]
	names := strings.Fields(list)
	const most = 3
	switch {
	case !there:
		return "no such property"
	case list == "true" || list == "false":
		return list
	case len(names) == 0:
		return "no rows"
	case len(names) > most:
		return fmt.Sprintf("%d rows (%s, …)", len(names), strings.Join(names[:most], ", "))
	}
	return fmt.Sprintf("%d rows (%s)", len(names), strings.Join(names, ", "))
}
