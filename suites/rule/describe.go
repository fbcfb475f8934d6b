package rule

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/suites/env"
)

// Describe is ginkgo.Describe for specs: it declares a container of those that build
// declares. Where no Ginkgo runs the tree, none is told.
func Describe(e *env.Env, text string, build func()) {
	if e.Plain {
		e.In(text, build)
		return
	}
	ginkgo.Describe(text, build)
}

// Sequence is Describe for specs that run one after the other: they use up what is
// there once, or look at what the ones before have made.
func Sequence(e *env.Env, text string, when env.When, build func()) {
	within := func() { e.Within(&env.Sequence{When: when}, build) }
	if e.Plain || e.Host != nil { // which keeps no order of its own
		Describe(e, text, within)
		return
	}
	ginkgo.Describe(text, ginkgo.Serial, ginkgo.Ordered, ginkgo.ContinueOnFailure, within)
}

// containers are the texts of those that the tree is just being built in, without
// those of a host. The first one of Ginkgo is the tree itself, which has none.
func containers(e *env.Env) []string {
	if e.Plain {
		return e.Containers()
	}
	outside := 1
	if e.Host != nil {
		outside += e.Host.Containers
	}
	return ginkgo.CurrentTreeConstructionNodeReport().ContainerHierarchyTexts[outside:]
}
