package rule

import (
	"fmt"

	"github.com/onsi/gomega/types"
)

// Expect is Gomega's Expect for a value at a place of an answer: a matcher that
// fails makes a finding of the spec's first requirement.
func (t *T) Expect(a *Answer, where string, actual any) Assertion {
	return Assertion{t: t, a: a, where: where, actual: actual, requirement: t.about.Requirements[0]}
}

// An Assertion waits for its matcher.
type Assertion struct {
	t           *T
	a           *Answer
	where       string
	actual      any
	requirement string
}

// By changes the requirement that a failure violates. One that is not in the
// catalogue is a mistake of the spec: To panics when the matcher fails.
func (a Assertion) By(requirement string) Assertion { a.requirement = requirement; return a }

// To reports whether the value matches; if not, it adds a finding whose want is
// the description and whose got is the value, as Go writes it. A value that the
// matcher cannot judge, as one of another type, does not match.
func (a Assertion) To(m types.GomegaMatcher, want string) bool {
	ok, err := m.Match(a.actual)
	ok = ok && err == nil
	if !ok {
		a.t.Violation(a.a, a.requirement, a.where, "value", want, fmt.Sprintf("%#v", a.actual))
	}
	return ok
}
