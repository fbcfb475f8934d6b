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

// Accepted sends a request that must succeed and returns the response. Any other status
// violates the spec's first requirement and ends the spec.
//
// A read that fails once and succeeds when repeated is unreliable, whatever its form:
// that violates the requirement of the read, and the spec continues with the second
// response.
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

// MustSucceed checks a received response as Accepted does.
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
		return a // Check reports another 2xx status; the response is a success
	}
	t.known(a)
	t.control(a)
	t.Violation(a, t.about.Requirements[0], "status", "accepted", fmt.Sprintf("status %d%s", want, about(note)), got(a))
	t.Stop()
	return nil
}

// Served sends a valid read that the spec needs for something else and returns its
// response. Any status but a success is a finding of the read's own requirement, or of
// AUTH-KEY-001 if the key is rejected, and skips the spec, which has nothing to look at.
func (t *T) Served(r request.Request) *Answer { return t.MustServe(t.Send(r), r.Note) }

// MustServe checks a received response as Served does.
func (t *T) MustServe(a *Answer, note string) *Answer {
	o := t.Env.Contract.Operation(a.Operation)
	if a.Success() || o == nil {
		return a
	}
	t.Limited(a)
	t.known(a)
	id := ReadRule(t.Env.Contract, o)
	t.Violation(a, id, "status", "accepted", fmt.Sprintf("status %d%s", o.Success(), about(note)), got(a))
	t.Skip(reporters.SkipNoData, "%s was answered with status %d: see %s", o.Name(), a.Status(), id)
	return nil
}

// ReadRule returns the requirement that a valid request of a read is served: the
// catalogue has one for each operation, named …-READ-001. For an operation without one,
// such as one new in the document, it is HTTP-ANSWER-001.
func ReadRule(c *spec.Contract, o *spec.Operation) string {
	for _, r := range c.Requirements() {
		if strings.HasSuffix(r.ID, "-READ-001") && slices.Contains(r.Operations, o.ID) {
			return r.ID
		}
	}
	return "HTTP-ANSWER-001"
}

// Refused sends a request that must be refused with one of the statuses, and returns the
// response. Any other status violates the spec's first requirement; the spec continues.
func (t *T) Refused(r request.Request, statuses ...int) *Answer {
	a := t.Send(r)
	t.MustRefuse(a, t.about.Requirements[0], r.Note, statuses...)
	return a
}

// MustRefuse checks a received response as Refused does, for the given requirement.
func (t *T) MustRefuse(a *Answer, requirement, note string, statuses ...int) {
	if !slices.Contains(statuses, a.Status()) {
		t.Limited(a)
		t.Violation(a, requirement, "status", "refused", "status "+list(statuses)+about(note), got(a))
	}
}

// RefusedInput is Refused for a request that is invalid by itself, see MustRefuseInput.
func (t *T) RefusedInput(r request.Request, statuses ...int) *Answer {
	a := t.Send(r)
	t.MustRefuseInput(a, r.Note, statuses...)
	return a
}

// MustRefuseInput is MustRefuse for a request that is invalid by itself. A server error
// violates HTTP-ROBUST-001, not the rule about the input, and ends the spec: the input
// was not accepted, and more is not known.
func (t *T) MustRefuseInput(a *Answer, note string, statuses ...int) {
	if a.Status() >= 500 && !slices.Contains(statuses, a.Status()) {
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "status "+list(statuses)+about(note), got(a))
		t.Skip(reporters.SkipNoData, "the target fails with status %d instead of judging the input: see HTTP-ROBUST-001", a.Status())
	}
	if !slices.Contains(statuses, a.Status()) {
		t.known(a)
	}
	t.MustRefuse(a, t.about.Requirements[0], note, statuses...)
}

// Survives sends a request that the target may accept or refuse, but not fail on with a
// 5xx status.
func (t *T) Survives(r request.Request) *Answer {
	a := t.Send(r)
	if a.Status() >= 500 && a.Status() != 501 && a.Status() != 503 {
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500"+about(r.Note), got(a))
	}
	return a
}

// Violation adds a finding about a response. where is "status", "header X", a location in
// the body ("$.entries[0].id") or a word that the requirement explains.
func (t *T) Violation(a *Answer, requirement, where, keyword, want, got string) {
	t.violation(a, "", requirement, where, keyword, want, got)
}

// Habit is Violation for what the target does everywhere: it is one cause, whose operations
// are listed.
func (t *T) Habit(a *Answer, requirement, where, keyword, want, got string) {
	t.violation(a, spec.Habit, requirement, where, keyword, want, got)
}

func (t *T) violation(a *Answer, scope, requirement, where, keyword, want, got string) {
	f := spec.Finding{
		Scope:       scope,
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
		return "no response: " + a.Failure
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
	return spec.Or(words)
}

func about(note string) string {
	if note == "" {
		return ""
	}
	return " for " + note
}
