package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// Accepted sends a request that has to succeed and returns its answer. Any other
// status is a violation of the spec's first requirement and ends the spec.
//
// A read that fails once and succeeds when it is sent again fails now and then,
// whatever its form: that is a violation of the requirement of the read, and the
// spec goes on with the second answer.
func (t *T) Accepted(r request.Request) *Answer {
	a := t.Send(r)
	o := t.Env.Contract.Operation(a.Operation)
	if o == nil || r.Effect != spec.Reads || a.Success() || a.Status()/100 == 4 {
		return t.MustSucceed(a, r.Note)
	}
	again := t.Send(r)
	if !again.Success() {
		return t.MustSucceed(a, r.Note)
	}
	t.Violation(a, ReadRule(t.Env.Contract, o), "status", "accepted", fmt.Sprintf("status %d%s each time", o.Success(), about(r.Note)), got(a))
	return again
}

// MustSucceed is the expectation of Accepted on an answer that is there already.
func (t *T) MustSucceed(a *Answer, note string) *Answer {
	t.Limited(a)
	want := 200
	if o := t.Env.Contract.Operation(a.Operation); o != nil && o.Success() != 0 {
		want = o.Success()
	}
	switch {
	case a.Status() == want:
		return a
	case a.Success():
		return a // another 2xx status is a finding of Check; the answer is a success
	}
	t.known(a)
	t.control(a)
	t.Violation(a, t.about.Requirements[0], "status", "accepted", fmt.Sprintf("status %d%s", want, about(note)), got(a))
	t.Stop()
	return nil
}

// Served sends a valid read that the spec needs for something else and returns
// its answer. That it is served is the matter of the read's own requirement, or of
// AUTH-KEY-001 where the key is doubted: any status but a success is a finding of
// that one and skips the spec, which has nothing to look at.
func (t *T) Served(r request.Request) *Answer { return t.MustServe(t.Send(r), r.Note) }

// MustServe is the expectation of Served on an answer that is there already.
func (t *T) MustServe(a *Answer, note string) *Answer {
	o := t.Env.Contract.Operation(a.Operation)
	if a.Success() || o == nil {
		return a
	}
	t.Limited(a)
	t.known(a)
	id := ReadRule(t.Env.Contract, o)
	t.Violation(a, id, "status", "accepted", fmt.Sprintf("status %d%s", o.Success(), about(note)), got(a))
	t.Skip(reporters.SkipNoData, "%s is answered with status %d, of which %s tells more", o.Name(), a.Status(), id)
	return nil
}

// ReadRule is the requirement that a valid request of a read is served: the
// catalogue has one for each operation, named …-READ-001. An operation that is
// new in the document has none yet; that it gets answers is then all there is.
func ReadRule(c *spec.Contract, o *spec.Operation) string {
	for _, r := range c.Requirements() {
		if strings.HasSuffix(r.ID, "-READ-001") && slices.Contains(r.Operations, o.ID) {
			return r.ID
		}
	}
	return "HTTP-ANSWER-001"
}

// Refused sends a request that has to be refused with one of the statuses. Any
// other status is a violation of the spec's first requirement; the spec goes on.
func (t *T) Refused(r request.Request, statuses ...int) *Answer {
	a := t.Send(r)
	t.MustRefuse(a, t.about.Requirements[0], r.Note, statuses...)
	return a
}

// MustRefuse is the expectation of Refused on an answer that is there already.
func (t *T) MustRefuse(a *Answer, requirement, note string, statuses ...int) {
	if !slices.Contains(statuses, a.Status()) {
		t.Limited(a)
		t.Violation(a, requirement, "status", "refused", "status "+list(statuses)+about(note), got(a))
	}
}

// RefusedInput is Refused for a request that is wrong by itself, see MustRefuseInput.
func (t *T) RefusedInput(r request.Request, statuses ...int) *Answer {
	a := t.Send(r)
	t.MustRefuseInput(a, r.Note, statuses...)
	return a
}

// MustRefuseInput is MustRefuse for a request that is wrong by itself: a server
// error in answer to it violates HTTP-ROBUST-001 and not the rule about the input,
// which was not accepted and of which nothing is known: the spec ends there.
func (t *T) MustRefuseInput(a *Answer, note string, statuses ...int) {
	if a.Status() >= 500 && !slices.Contains(statuses, a.Status()) {
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "status "+list(statuses)+about(note), got(a))
		t.Skip(reporters.SkipNoData, "the target fails with status %d instead of judging the input, of which HTTP-ROBUST-001 tells more", a.Status())
	}
	if !slices.Contains(statuses, a.Status()) {
		t.known(a)
	}
	t.MustRefuse(a, t.about.Requirements[0], note, statuses...)
}

// Survives sends a request that the target may accept or refuse, as long as it
// does not fail over it.
func (t *T) Survives(r request.Request) *Answer {
	a := t.Send(r)
	if a.Status() >= 500 && a.Status() != 501 && a.Status() != 503 {
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500"+about(r.Note), got(a))
	}
	return a
}

// Violation adds a finding about an answer. Where is "status", "header X", a
// place in the body ("$.entries[0].id") or a word that the requirement explains.
func (t *T) Violation(a *Answer, requirement, where, keyword, want, got string) {
	f := spec.Finding{
		Requirement: requirement,
		Level:       spec.Must,
		Operation:   t.Env.Contract.OperationName(a.Exchange),
		Status:      a.Status(),
		Where:       where,
		Keyword:     keyword,
		Want:        want,
		Got:         got,
		Exchange:    a.ID,
	}
	if r, ok := t.Env.Contract.Requirement(requirement); ok {
		f.Level = r.Level
	} else {
		panic("rule: the requirement " + requirement + " is not in the catalogue")
	}
	if !t.Env.Counts(f) || t.wasDown() != "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.findings = append(t.findings, t.Env.Redact(f))
}

func got(a *Answer) string {
	if a.Response == nil {
		return "no answer: " + a.Failure
	}
	s := "status " + strconv.Itoa(a.Status())
	for _, member := range []string{"code", "error"} {
		if text, ok := a.Text(member); ok {
			return s + ", " + member + " " + strconv.Quote(text)
		}
	}
	return s
}

func list(statuses []int) string {
	var words []string
	for _, s := range statuses {
		words = append(words, strconv.Itoa(s))
	}
	return strings.Join(words, " or ")
}

func about(note string) string {
	if note == "" {
		return ""
	}
	return " for " + note
}
