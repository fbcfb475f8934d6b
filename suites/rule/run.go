package rule

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/text"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

// declared is a spec that It has declared.
type declared struct {
	env   *env.Env
	name  string
	parts []string // names of the results of its requirements, nil if they have none
	about About
	body  func(t *T)
}

// stopped is the panic value by which a T ends its spec; do recovers it.
type stopped struct{}

// node runs the spec under Ginkgo ("go test" or the ginkgo command). The record of the
// spec becomes an entry of Ginkgo's report.
func (d *declared) node(ctx ginkgo.SpecContext) {
	t, record := d.run(ctx)
	text, err := json.Marshal(record)
	if err != nil {
		panic(err)
	}
	ginkgo.AddReportEntry(EntryName, string(text), ginkgo.ReportEntryVisibilityNever)
	switch record.State {
	case reporters.StatePanicked:
		panic(record.Problem)
	case reporters.StateFailed:
		ginkgo.Fail(t.failureText(t.failing()), 1)
	case reporters.StateSkipped:
		ginkgo.Skip(t.skip.Code+": "+t.skip.Reason, 1)
	}
}

// run runs the body once and returns the record of what it saw, with its state.
func (d *declared) run(ctx context.Context) (*T, reporters.SpecRecord) {
	t := &T{Context: ctx, Env: d.env, about: d.about, name: d.name}
	started := time.Now()
	problem := t.do(d.body)
	told := t.Env.Outages()
	t.findings = append(t.findings, told...)
	t.meetOutage(told)
	if down := t.wasDown(); down != "" {
		t.skip = &reporters.Skip{Code: reporters.SkipDown, Reason: t.Env.Text(seeAnswer(down))}
	}
	t.skipUnseen()
	record := t.record(time.Since(started))
	record.Parts = d.parts
	switch {
	case problem != "":
		record.State, record.Problem = reporters.StatePanicked, problem
	case len(t.failing()) > 0:
		record.State = reporters.StateFailed
	case t.skip != nil:
		record.State = reporters.StateSkipped
	default:
		record.State = reporters.StatePassed
	}
	return t, d.env.Record(record)
}

// do runs the body and returns the text of its panic, "" if none.
func (t *T) do(body func(*T)) (problem string) {
	defer func() {
		reason := recover()
		if _, ours := reason.(stopped); !ours && reason != nil {
			problem = panicText(reason, string(debug.Stack()))
		}
	}()
	defer t.letGo()
	body(t)
	return ""
}

// panicText describes a panic and its place, without paths of the build machine.
func panicText(reason any, stack string) string {
	text := fmt.Sprintf("panicked: %v", reason)
	for line := range strings.Lines(stack) {
		_, file, ok := strings.Cut(line, "/suites/")
		if !ok || strings.HasPrefix(file, "rule") || !strings.Contains(file, ".go:") {
			continue
		}
		file, _, _ = strings.Cut(strings.TrimSpace(file), " ")
		return text + " (suites/" + file + ")"
	}
	return text
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
		Unseen:       t.unseen(),
	}
	r.Area, _, _ = strings.Cut(t.name, " / ")
	if o := t.Env.Contract.Operation(t.about.Operation); o != nil {
		r.Operation = o.Name()
	}
	return r
}

// failing returns the findings that fail the run.
func (t *T) failing() []spec.Finding {
	var list []spec.Finding
	for _, f := range t.findings {
		if reporters.Fails(f.Level, t.Env.Config.Strict) {
			list = append(list, f)
		}
	}
	return list
}

// failureText shows each cause once, in the form that all reports use.
func (t *T) failureText(failing []spec.Finding) string {
	var parts []string
	seen := map[string]int{}
	for _, f := range failing {
		if seen[f.Signature()]++; seen[f.Signature()] > 1 {
			continue
		}
		r, _ := t.Env.Contract.Requirement(f.Requirement)
		var curl string
		if show, ok := t.kept[f.Exchange]; ok {
			curl = show().Curl
		}
		parts = append(parts, text.Finding(f, r, curl))
	}
	return strings.Join(parts, "\n\n")
}
