package rule

import (
	"fmt"

	"github.com/onsi/gomega/types"
)

// Expect is Gomega's Expect for a value at a location in a response: a matcher that fails
// makes a finding of the spec's first requirement.
func (t *T) Expect(a *Answer, where string, actual any) Assertion {
	return Assertion{t: t, a: a, where: where, actual: actual, requirement: t.about.Requirements[0]}
}

// An Assertion is a value that waits for its matcher.
type Assertion struct {
	t           *T
	a           *Answer
	where       string
	actual      any
	requirement string
}

// By changes the requirement that a failure violates. A requirement that is not in the
// catalogue is a bug of the spec: To panics when the matcher fails.
func (a Assertion) By(requirement string) Assertion { a.requirement = requirement; return a }

// To reports whether the value matches. If not, it adds a finding with the given want
// and, as got, the value in Go syntax. A value that the matcher cannot judge, such as one
// of another type, does not match.
func (a Assertion) To(m types.GomegaMatcher, want string) bool {
	ok, err := m.Match(a.actual)
	ok = ok && err == nil
	if !ok {
		a.t.Violation(a.a, a.requirement, a.where, "value", want, fmt.Sprintf("%#v", a.actual))
	}
	return ok
}
