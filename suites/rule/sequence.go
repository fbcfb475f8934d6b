package rule

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/suites/env"
)

// Sequence is ginkgo.Describe for specs that run one after the other: they use up
// what is there once, or look at what the ones before have made.
func Sequence(e *env.Env, text string, when env.When, build func()) {
	s := &env.Sequence{When: when}
	if e.Host != nil { // which keeps no order of its own
		ginkgo.Describe(text, func() { e.Within(s, build) })
		return
	}
	ginkgo.Describe(text, ginkgo.Serial, ginkgo.Ordered, ginkgo.ContinueOnFailure, func() { e.Within(s, build) })
}
