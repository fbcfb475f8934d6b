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

// mostKept is how many bytes answers may have that are held for later: a target may
// answer with megabytes each time.
const mostKept = 1 << 20

// Small reports whether answers can be held for later.
func Small(answers []*rule.Answer) bool {
	size := 0
	for _, a := range answers {
		if a.Response != nil {
			size += len(a.Response.Body)
		}
	}
	return size <= mostKept
}

// shared is what send returns, which is called once for all specs with the same key as
// long as its answers are not too large to be kept.
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
