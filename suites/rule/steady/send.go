package steady

import (
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Row is the answers to a read that was sent [InARow] times, one after the other. It is
// sent once for all specs that look at the same read, which is what about names.
func Row(t *rule.T, about string, r request.Request) []*rule.Answer {
	t.Permit(r)
	answers, _ := t.Env.Once("in a row "+about, func() any {
		var list []*rule.Answer
		for range InARow {
			list = append(list, t.SendAll(r)...)
			if list[len(list)-1].Response == nil {
				break // the spec ends there
			}
		}
		return list
	}).([]*rule.Answer)
	return seen(t, r, answers)
}

// A Flock is the answers to a read that was sent several times at once, and those to
// the same read before and after.
type Flock struct {
	Before, After *rule.Answer
	During        []*rule.Answer

	request request.Request
}

// AtSameTime sends a read [AtOnce] times at the same time, once for all specs that look
// at the same read, which is what about names.
func AtSameTime(t *rule.T, about string, r request.Request) Flock {
	t.Permit(r)
	all, _ := t.Env.Once("at once "+about, func() any {
		before := t.SendAll(r)
		during := t.SendAll(slices.Repeat([]request.Request{r}, AtOnce)...)
		return slices.Concat(before, during, t.SendAll(r))
	}).([]*rule.Answer)
	if len(all) < 2 {
		seen(t, r, nil)
	}
	last := len(all) - 1
	return Flock{Before: all[0], During: all[1:last], After: all[last], request: r}
}

// seen has a spec look at answers that another one may have asked for. It ends the spec
// at the first that did not come whole.
func seen(t *rule.T, r request.Request, answers []*rule.Answer) []*rule.Answer {
	for _, a := range answers {
		t.Whole(r, t.Use(a))
	}
	if len(answers) == 0 {
		t.Skip(reporters.SkipNoAnswer, "no answer came: see HTTP-ANSWER-001")
	}
	return answers
}

// InSequence sends a read several times in a row, whose answers have to show the
// same rows (HTTP-REPEAT-001).
func InSequence(t *rule.T, r request.Request) {
	var answers []*rule.Answer
	for range InARow {
		answers = append(answers, t.Send(r))
	}
	Compare(t, answers)
}

// Concurrently compares the answers to a read that was sent several times at once: they
// have to show what the ones before and after have in common (HTTP-REPEAT-001).
func Concurrently(t *rule.T, f Flock) {
	for _, a := range f.During {
		t.Use(a)
	}
	served := func(a *rule.Answer) *rule.Answer { return t.MustServe(t.Whole(f.request, t.Use(a)), f.request.Note) }
	untouched(t, served(f.Before), f.During, served(f.After))
}
