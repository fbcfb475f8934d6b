package junit

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// synthetic returns a testcase that is no spec.
func (j *junit) synthetic(name string) junitCase {
	return junitCase{Name: name, Classname: suiteName(j.run) + ".run", Time: seconds(0)}
}

// unshown returns testcases for what the cases of specs do not show: causes that fail the
// run and that no failing testcase mentions, other reasons to fail a run, problems of the
// document, a verdict without explanation, and a run that tested too little.
func (j *junit) unshown(cases []junitCase) []junitCase {
	out := append(j.uncharged(cases), j.gates()...)
	red := false
	for _, c := range append(cases[:len(cases):len(cases)], out...) {
		red = red || c.Failure != nil || c.Error != nil
	}
	problem := j.run.TooLittle()
	switch {
	case problem != "":
	case j.run.Verdict == reporters.NonConformant && !red:
		problem = "the run is non-conformant, but no spec says why"
	case !red && !j.run.TestedAny():
		problem = "no spec ran: every one was skipped or left out"
	}
	if problem != "" {
		c := j.synthetic("the run as a whole")
		c.Error = &junitMessage{Type: "error", Message: problem, Text: block(problem)}
		out = append(out, c)
	}
	return out
}

// uncharged returns a testcase for each cause that fails the run and that no failing
// testcase of a spec mentions.
func (j *junit) uncharged(cases []junitCase) (out []junitCase) {
	shown := map[string]bool{}
	for i, c := range cases {
		if c.Failure == nil && c.Error == nil {
			continue
		}
		for _, signature := range j.run.Specs[i].Signatures {
			shown[signature] = true
		}
	}
	for _, g := range j.run.Findings {
		if g.Fails && !shown[g.Signature] {
			c := j.synthetic("no spec is charged with: " + escape.Line(g.Signature, escape.Unlimited))
			c.Failure = j.failure(j.home[g.Signature], []reporters.FindingGroup{g})
			out = append(out, c)
		}
	}
	return out
}

// gates returns testcases for what a run must pass besides the contract: entries of the
// baseline, the coverage, the document.
func (j *junit) gates() (out []junitCase) {
	if j.run.Baseline != nil {
		for _, p := range j.run.Baseline.Problems {
			c := j.synthetic("baseline: " + escape.Line(p.Signature, escape.Unlimited))
			c.Failure = &junitMessage{Type: "baseline-" + escape.Line(p.Code, 40), Message: escape.Line(p.Text, escape.ValueLimit), Text: block(escape.Line(p.Signature, escape.Unlimited) + "\n" + escape.Line(p.Text, escape.ValueLimit))}
			out = append(out, c)
		}
	}
	if s := wording.Shortfall(j.run); s != "" {
		c := j.synthetic("coverage of the contract")
		c.Failure = &junitMessage{Type: "min-coverage", Message: s, Text: block(s)}
		out = append(out, c)
	}
	if len(j.run.Problems) > 0 {
		out = append(out, j.document())
	}
	return out
}

// document returns the testcase that lists problems of the document. They are no
// violation of the target, so it passes unless the run was told otherwise.
func (j *junit) document() junitCase {
	const most = 200
	all := j.run.Problems
	var b strings.Builder
	for i, p := range all {
		if i == most && len(all) > most+1 {
			fmt.Fprintf(&b, "(%s)\n", wording.Count(len(all)-i, "more problem"))
			break
		}
		fmt.Fprintln(&b, wording.Problem(p))
	}
	c := j.synthetic("the document")
	if why := j.run.DocumentFails(); why != "" {
		c.Failure = &junitMessage{Type: "document", Message: escape.Line(why, escape.ValueLimit), Text: block(b.String())}
	} else {
		c.SystemOut = junitText(block(b.String()))
	}
	return c
}
