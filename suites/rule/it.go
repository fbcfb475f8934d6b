package rule

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

// EntryName is the name of the report entry in which a spec leaves its
// reporters.SpecRecord as JSON text.
const EntryName = "hostup-conformance"

// An About says what a spec is about: an operation of the document ("" for
// none) and the requirements that it tests, the first one being that of a
// finding that names no other.
type About struct {
	Operation    string
	Requirements []string
}

// Of is an About.
func Of(operation string, requirements ...string) About {
	return About{Operation: operation, Requirements: requirements}
}

// It declares a spec. A spec without a requirement, or with one that is not in
// the catalogue, is a mistake of this suite and panics while the tree is built.
//
// Its labels are its requirement ids, their levels and families, its operation and
// the containers it stands in, so that --label-filter can select by each.
//
// It reports whether the spec was declared: not if none of its requirements is
// among env.Env.Only.
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
	args := append([]any{ginkgo.Offset(1), ginkgo.Labels(Labels(e, about))}, decorators...)
	return ginkgo.It(text, append(args, func(ctx ginkgo.SpecContext) { run(ctx, e, about, body) })...)
}

// Labels are those of a spec, without the containers that it stands in.
func Labels(e *env.Env, about About) (labels []string) {
	for _, id := range about.Requirements {
		r, _ := e.Contract.Requirement(id)
		labels = append(labels, id, string(r.Level), r.Family)
	}
	if about.Operation != "" {
		labels = append(labels, about.Operation)
	}
	return labels
}

// stopped is what a T panics with to end its spec; run recovers it.
type stopped struct{}

func run(ctx context.Context, e *env.Env, about About, body func(t *T)) {
	report := ginkgo.CurrentSpecReport()
	t := &T{Context: ctx, Env: e, about: about, name: Name(report.ContainerHierarchyTexts, report.LeafNodeText)}
	started := time.Now()
	defer func() {
		reason := recover()
		if _, ours := reason.(stopped); ours {
			reason = nil
		}
		record := t.record(time.Since(started))
		text, err := json.Marshal(record)
		if err != nil {
			panic(err)
		}
		ginkgo.AddReportEntry(EntryName, string(text), ginkgo.ReportEntryVisibilityNever)
		switch failing := t.failing(); {
		case reason != nil:
			panic(reason)
		case len(failing) > 0:
			ginkgo.Fail(t.failureText(failing), 1)
		case t.skip != nil:
			ginkgo.Skip(t.skip.Code+": "+t.skip.Reason, 1)
		}
	}()
	body(t)
}

// Name is the stable name of a spec: its containers and its text.
func Name(containers []string, text string) string {
	return strings.Join(append(containers[:len(containers):len(containers)], text), " / ")
}

func (t *T) record(d time.Duration) reporters.SpecRecord {
	r := reporters.SpecRecord{
		Name:         t.name,
		Requirements: t.about.Requirements,
		Skip:         t.skip,
		Duration:     d,
		Findings:     t.findings,
		Exchanges:    t.shown(),
		Tally:        t.tallies(),
		Drift:        t.drifts(),
		Observed:     t.observed,
		Created:      t.created,
	}
	r.Area, _, _ = strings.Cut(t.name, " / ")
	if o := t.Env.Contract.Operation(t.about.Operation); o != nil {
		r.Operation = o.Name()
	}
	return r
}

// failing are the findings that fail the run.
func (t *T) failing() []spec.Finding {
	var list []spec.Finding
	for _, f := range t.findings {
		if f.Level == spec.Must || t.Env.Config.Strict {
			list = append(list, f)
		}
	}
	return list
}

// failureText shows each cause once, in the fixed form of all reports.
func (t *T) failureText(failing []spec.Finding) string {
	var parts []string
	seen := map[string]int{}
	for _, f := range failing {
		if seen[f.Signature()]++; seen[f.Signature()] > 1 {
			continue
		}
		r, _ := t.Env.Contract.Requirement(f.Requirement)
		var curl string
		if x, ok := t.kept[f.Exchange]; ok {
			curl = t.Env.Show(x, t.name).Curl
		}
		parts = append(parts, reporters.FindingText(f, r, curl))
	}
	return strings.Join(parts, "\n\n")
}
