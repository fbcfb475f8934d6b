package rule

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
)

// EntryName is the name of the Ginkgo report entry that holds the reporters.SpecRecord of
// a spec as JSON text.
const EntryName = "hostup-conformance"

// An About says what a spec covers: an operation ID ("" for none) and the requirements
// that it tests. Findings that name no requirement belong to the first.
type About struct {
	Operation    string
	Requirements []string

	apart bool // each requirement has its own result, see Each
	long  bool // see Long
}

// Long marks a spec that sends dozens of requests one after the other. It starts before
// others, so that a run does not wait for it alone at the end.
func (a About) Long() About { a.long = true; return a }

// Of returns an About for the operation and the requirements that a spec covers.
func Of(operation string, requirements ...string) About {
	return About{Operation: operation, Requirements: requirements}
}

// It declares a spec and reports whether it did: not if none of its requirements is in
// env.Env.Only, or if the label filter of the run excludes it. A spec without a
// requirement, or with one that is not in the catalogue, is a bug of this suite and
// panics while the tree is built.
//
// Its labels are its requirement ids, their levels and families, its operation and its
// containers, so that --label-filter can select by each.
func It(e *env.Env, text string, about About, body func(t *T), decorators ...any) bool {
	if len(about.Requirements) == 0 {
		panic(fmt.Sprintf("rule: the spec %q names no requirement", text))
	}
	for _, id := range about.Requirements {
		if _, ok := e.Contract.Requirement(id); !ok {
			panic(fmt.Sprintf("rule: the spec %q names %s, which is not in the catalogue", text, id))
		}
	}
	if len(e.Only) > 0 && !slices.ContainsFunc(about.Requirements, func(id string) bool { return slices.Contains(e.Only, id) }) {
		return false
	}
	labels := ginkgo.Labels(Labels(e, about))
	if !about.apart && !e.Selects(labels) {
		return false
	}
	in := containers(e)
	d := &declared{env: e, name: about.name(e.Contract, in, text), parts: about.parts(e.Contract, in), about: about, body: body}
	e.Declare(env.Declared{Record: d.before(), Labels: labels, Long: about.long, Run: func(ctx context.Context) reporters.SpecRecord {
		_, record := d.run(ctx)
		return record
	}})
	switch {
	case e.Plain:
		return true
	case e.Host != nil:
		return d.declareTold(text, labels)
	}
	args := append([]any{ginkgo.Offset(1), labels}, decorators...)
	return ginkgo.It(text, append(args, d.node)...)
}

// before returns what is known about a spec before it runs.
func (d *declared) before() reporters.SpecRecord {
	r := reporters.SpecRecord{Name: d.name, Parts: d.parts, Requirements: d.about.Requirements}
	r.Area, _, _ = strings.Cut(d.name, " / ")
	if o := d.env.Contract.Operation(d.about.Operation); o != nil {
		r.Operation = o.Name()
	}
	return r
}

// declareTold declares, in a host's suite, the nodes that report each result of the spec.
func (d *declared) declareTold(text string, labels []string) bool {
	if d.parts == nil {
		return ginkgo.It(text, ginkgo.Offset(2), ginkgo.Label(labels...), func() { d.env.Host.Tell(d.name) })
	}
	for i, id := range d.about.Requirements {
		own := Labels(d.env, Of(d.about.Operation, id))
		ginkgo.It(partText(d.env.Contract, id), ginkgo.Offset(2), ginkgo.Label(own...), func() { d.env.Host.Tell(d.parts[i]) })
	}
	return true
}

// Labels returns the labels of a spec, without its containers.
func Labels(e *env.Env, about About) (labels []string) {
	for _, id := range about.Requirements {
		r, _ := e.Contract.Requirement(id)
		labels = append(labels, id, string(r.Level), r.Family)
	}
	if about.Operation != "" {
		labels = append(labels, config.OperationLabel(about.Operation))
	}
	return labels
}

// Name returns the stable name of a spec: its containers and its text.
func Name(containers []string, text string) string {
	return strings.Join(append(containers[:len(containers):len(containers)], text), " / ")
}
