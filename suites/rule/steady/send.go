package steady

import (
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// Row sends a read [InARow] times, one after the other, and returns the responses. All
// specs that give the same name in about share one series.
func Row(t *rule.T, about string, r request.Request) []*rule.Answer {
	t.Permit(r)
	return seen(t, r, shared(t, "in a row "+about, func() (list []*rule.Answer) {
		for range InARow {
			list = append(list, t.SendAll(r)...)
			if list[len(list)-1].Response == nil {
				break // the spec ends there
			}
		}
		return list
	}))
}

// mostKept is the size in bytes up to which responses are kept for other specs: a target
// may send megabytes each time.
const mostKept = 1 << 20

// Small reports whether responses are small enough to be kept for other specs.
func Small(answers []*rule.Answer) bool {
	size := 0
	for _, a := range answers {
		if a.Response != nil {
			size += len(a.Response.Body)
		}
	}
	return size <= mostKept
}

// shared returns the result of send. It calls send once for all specs with the same key,
// as long as the responses are small enough to be kept.
func shared(t *rule.T, key string, send func() []*rule.Answer) []*rule.Answer {
	var fresh []*rule.Answer
	kept, _ := t.Env.Once(key, func() any {
		if fresh = send(); Small(fresh) {
			return fresh
		}
		return nil
	}).([]*rule.Answer)
	switch {
	case kept != nil:
		return kept
	case fresh != nil:
		return fresh
	}
	return send()
}

// A Flock holds the responses to concurrent copies of a read, and those to the same read
// before and after.
type Flock struct {
	Before, After *rule.Answer
	During        []*rule.Answer

	request request.Request
}

// AtSameTime sends a read [AtOnce] times concurrently, framed by one before and one
// after. All specs that give the same name in about share one Flock.
func AtSameTime(t *rule.T, about string, r request.Request) Flock {
	t.Permit(r)
	all := shared(t, "at once "+about, func() []*rule.Answer {
		before := t.SendAll(r)
		during := t.SendAll(slices.Repeat([]request.Request{r}, AtOnce)...)
		return slices.Concat(before, during, t.SendAll(r))
	})
	if len(all) < 2 {
		seen(t, r, nil)
	}
	last := len(all) - 1
	return Flock{Before: all[0], During: all[1:last], After: all[last], request: r}
}

// seen adds responses, which another spec may have requested, to this spec. It ends the
// spec at the first incomplete one.
func seen(t *rule.T, r request.Request, answers []*rule.Answer) []*rule.Answer {
	for _, a := range answers {
		t.Whole(r, t.Use(a))
	}
	if len(answers) == 0 {
		t.Skip(reporters.SkipNoAnswer, "no response came: see HTTP-ANSWER-001")
	}
	return answers
}

// InSequence sends a read several times in a row; the responses must show the same rows
// (HTTP-REPEAT-001).
func InSequence(t *rule.T, r request.Request) {
	var answers []*rule.Answer
	for range InARow {
		answers = append(answers, t.Send(r))
	}
	Compare(t, answers)
}

// Concurrently compares the responses to concurrent copies of a read: each must show what
// the ones before and after have in common (HTTP-REPEAT-001).
func Concurrently(t *rule.T, f Flock) {
	for _, a := range f.During {
		t.Use(a)
	}
	served := func(a *rule.Answer) *rule.Answer { return t.MustServe(t.Whole(f.request, t.Use(a)), f.request.Note) }
	untouched(t, served(f.Before), f.During, served(f.After))
}
