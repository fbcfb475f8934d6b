package command

import (
	"bytes"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/suites/proof"
)

// results reports n results, unexpected ones at the given positions.
func results(p *faultProgress, n int, unexpected ...int) {
	bad := map[int]bool{}
	for _, i := range unexpected {
		bad[i] = true
	}
	for i := 1; i <= n; i++ {
		p.done(i, n, proof.Result{Expected: !bad[i]})
	}
	p.end()
}

// A log gets few lines; the last one has the score.
func TestFaultProgressInALog(t *testing.T) {
	var out bytes.Buffer
	results((&World{Stderr: &out}).faultProgress(), 150, 60, 61)
	if got, want := out.String(), "50 of 150 servers\n100 of 150 servers, 2 not as expected\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A bar counts, reports unexpected results, and disappears at the end.
func TestFaultProgressOnATerminal(t *testing.T) {
	var out bytes.Buffer
	results(&faultProgress{out: &out, columns: 80}, 4, 3)
	got := out.String()
	for _, want := range []string{"servers  25% |", "(1/4)", "servers, 1 not as expected  75% |"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if strings.Contains(got, "\n") {
		t.Errorf("the bar takes more than one line: %q", got)
	}
	if last := got[strings.LastIndexByte(got, '\r')+1:]; strings.TrimSpace(strings.ReplaceAll(last, "\x1b[2K", "")) != "" && last != "\x1b[0K" && last != "\x1b[K" {
		t.Errorf("the terminal is left with %q", last)
	}
}
