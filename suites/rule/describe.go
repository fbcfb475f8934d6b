package rule

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/suites/env"
)

// Describe is ginkgo.Describe for specs: it declares a container around what build
// declares. Without Ginkgo it only records the container.
func Describe(e *env.Env, text string, build func()) {
	if e.Plain {
		e.In(text, build)
		return
	}
	ginkgo.Describe(text, build)
}

// Sequence is Describe for specs that run one after the other: they use up what is there
// once, or look at what earlier ones have created.
func Sequence(e *env.Env, text string, when env.When, build func()) {
	within := func() { e.Within(&env.Sequence{When: when}, build) }
	if e.Plain || e.Host != nil { // a host keeps no order of its own
		Describe(e, text, within)
		return
	}
	ginkgo.Describe(text, ginkgo.Serial, ginkgo.Ordered, ginkgo.ContinueOnFailure, within)
}

// containers returns the texts of the open containers, without those of a host. Ginkgo's
// outermost container is the tree itself, which has no text.
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
