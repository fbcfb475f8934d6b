package ci

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/golden"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// workflowCommand matches a line as GitHub's runner reads it.
var workflowCommand = regexp.MustCompile(`^::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)(?:,[a-zA-Z]+=[^,:]*)*)::(.*)$`)

func TestGitHub(t *testing.T) {
	run := sample.Known()
	golden.Compare(t, "annotations.txt", []byte(sample.Shown(t, WriteGitHub, run)))
	for name, run := range map[string]*reporters.Run{"sample": sample.Run(), "hostile": sample.Poisoned("::error file=x::%0A\r\n::warning::," + sample.Hostile)} {
		all := strings.Split(strings.TrimSuffix(sample.Shown(t, WriteGitHub, run), "\n"), "\n")
		// Two causes, a spec, a notice, the verdict.
		want := 5 + len(wording.Scope(run)) + len(run.Problems)
		if run.Target.Outage != nil {
			want++
		}
		if len(all) != want {
			t.Errorf("%s: %d lines, want %d", name, len(all), want)
		}
		for _, l := range all {
			if !workflowCommand.MatchString(l) {
				t.Errorf("%s: no workflow command: %s", name, l)
			}
		}
	}
	m := workflowCommand.FindStringSubmatch(strings.SplitN(sample.Shown(t, WriteGitHub, sample.Run()), "\n", 2)[0])
	back := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
	if m[1] != "error" || m[2] != "file=spec/openapi.yaml,line=212,title=ACT-ROW-001 an amount is a number" || !strings.HasPrefix(back.Replace(m[3]), sample.Activity+" -> 200  $.entries[0].amount\nwant number\ngot \"98.75\" (string)\n") {
		t.Errorf("first command %q", m)
	}
	if n := strings.Count(sample.Shown(t, WriteGitHub, sample.ManySpecs(20, 100)), "\n"); n > githubMost+2 {
		t.Errorf("%d lines", n)
	}
}
