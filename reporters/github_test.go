package reporters

import (
	"regexp"
	"strings"
	"testing"
)

// workflowCommand is how GitHub's runner reads a line.
var workflowCommand = regexp.MustCompile(`^::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)(?:,[a-zA-Z]+=[^,:]*)*)::(.*)$`)

func TestGitHub(t *testing.T) {
	run := knownRun()
	golden(t, "annotations.txt", []byte(shown(t, WriteGitHub, run)))
	for name, run := range map[string]*Run{"sample": sampleRun(), "hostile": poisoned("::error file=x::%0A\r\n::warning::," + hostile)} {
		all := strings.Split(strings.TrimSuffix(shown(t, WriteGitHub, run), "\n"), "\n")
		// Two causes, a spec, a notice, the verdict.
		want := 5 + len(scope(run))
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
	m := workflowCommand.FindStringSubmatch(strings.SplitN(shown(t, WriteGitHub, sampleRun()), "\n", 2)[0])
	back := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
	if m[1] != "error" || m[2] != "file=spec/openapi.yaml,line=212,title=ACT-ROW-001 an amount is a number" || !strings.HasPrefix(back.Replace(m[3]), activity+" -> 200  $.entries[0].amount\nwant number\ngot \"98.75\" (string)\n") {
		t.Errorf("first command %q", m)
	}
	if n := strings.Count(shown(t, WriteGitHub, manySpecs(20, 100)), "\n"); n > githubMost+2 {
		t.Errorf("%d lines", n)
	}
}
