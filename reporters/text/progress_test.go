package text

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/hostup/api-conformance/reporters"
)

func TestProgressOnATerminal(t *testing.T) {
	var buf bytes.Buffer
	now := time.Unix(0, 0)
	p := NewProgress(&buf, ProgressOptions{Total: 12, Terminal: true, Width: 38, Now: func() time.Time { return now }})
	p.Start("activity / rows")
	now = now.Add(time.Second)
	p.Done("activity / rows", reporters.Failed)
	p.Start("activity / pages") // too soon after the previous line
	now = now.Add(time.Second)
	p.Start("a very long name of a spec\x1b[2J that does not fit")
	p.Close(nil)
	p.Close(nil) // removes nothing again
	want := []string{
		" 0/12  activity / rows",
		" 1/12  1 failed so far  activi…/ rows",
		" 1/12  1 failed so far  a very…ot fit",
		"",
	}
	got := strings.Split(buf.String(), "\r\x1b[K")[1:]
	if len(got) != len(want) {
		t.Fatalf("lines %q, want %q", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("line %d is %q, want %q", i, got[i], want[i])
		}
		if n := utf8.RuneCountInString(got[i]); n >= 38 {
			t.Errorf("line %q fills the terminal", got[i])
		}
	}
}

func TestProgressElsewhere(t *testing.T) {
	var buf bytes.Buffer
	p := NewProgress(&buf, ProgressOptions{Total: 6, Every: 2})
	for i, o := range []reporters.Outcome{reporters.Passed, reporters.Errored, reporters.Skipped, reporters.Failed, reporters.Passed, reporters.Warned} {
		p.Start(fmt.Sprint(i))
		p.Done(fmt.Sprint(i), o)
	}
	p.Close(nil)
	if got, want := buf.String(), "2 of 6 specs done, 1 could not finish so far\n4 of 6 specs done, 1 failed, 1 could not finish so far\n"; got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

// TestProgressResult: the last line has the counts of the result.
func TestProgressResult(t *testing.T) {
	run := &reporters.Run{Specs: []reporters.SpecResult{
		{Outcome: reporters.Failed}, {Outcome: reporters.Warned}, {Outcome: reporters.Failed}, {Outcome: reporters.Errored},
	}}
	for _, test := range []struct {
		name string
		opt  ProgressOptions
		run  *reporters.Run
		want string
	}{
		{"elsewhere", ProgressOptions{Every: 2}, run, "4 of 4 specs done, 2 failed, 1 could not finish\n"},
		{"elsewhere, too short for a line", ProgressOptions{}, run, ""},
		{"elsewhere, without a result", ProgressOptions{Every: 2}, nil, "2 of 4 specs done, 1 failed so far\n"},
		{"elsewhere, nothing failed after all", ProgressOptions{Every: 2}, &reporters.Run{}, "4 of 4 specs done\n"},
		{"terminal", ProgressOptions{Terminal: true}, run, "\r\x1b[K4/4  2 failed, 1 could not finish\r\x1b[K"},
		{"terminal, without a result", ProgressOptions{Terminal: true}, nil, "\r\x1b[K1/4  1 failed so far  a\r\x1b[K"},
	} {
		var buf bytes.Buffer
		test.opt.Total, test.opt.Now = 4, func() time.Time { return time.Unix(0, 0) }
		p := NewProgress(&buf, test.opt)
		for _, o := range []reporters.Outcome{reporters.Failed, reporters.Warned, reporters.Warned, reporters.Warned} {
			p.Done("a", o)
		}
		p.Close(test.run)
		if got := buf.String(); test.want == "" && got != "" || !strings.HasSuffix(got, test.want) {
			t.Errorf("%s: wrote %q, want it to end with %q", test.name, got, test.want)
		}
	}
}

// TestProgressTimeLeft: a longer run shows the remaining time while it is known.
func TestProgressTimeLeft(t *testing.T) {
	for _, tt := range []struct {
		done, total int
		after       time.Duration
		want        string
	}{
		{19, 100, time.Minute, ""},     // too few to estimate
		{50, 100, 4 * time.Second, ""}, // ends soon
		{99, 100, time.Minute, ""},     // nearly done
		{100, 100, time.Minute, ""},    // done
		{50, 0, time.Minute, ""},       // unknown total
		{50, 100, 11 * time.Second, "about 10 s left"},
		{25, 100, 30 * time.Second, "about 90 s left"},
		{20, 100, 30 * time.Second, "about 2 min left"},
		{20, 1000, time.Minute, "about 49 min left"},
	} {
		var plain, line bytes.Buffer
		for _, terminal := range []bool{false, true} {
			w, now := &plain, time.Unix(0, 0)
			if terminal {
				w = &line
			}
			p := NewProgress(w, ProgressOptions{Total: tt.total, Terminal: terminal, Every: max(1, tt.done), Width: 200, Now: func() time.Time { return now }})
			for i := range tt.done {
				if i == tt.done-1 {
					now = now.Add(tt.after)
				}
				p.Done("name", reporters.Passed)
			}
		}
		want := ""
		if tt.want != "" {
			want = ", " + tt.want
		}
		if got := plain.String(); tt.done != tt.total && !strings.HasSuffix(got, "specs done"+want+"\n") {
			t.Errorf("%d of %d after %v: %q, want %q", tt.done, tt.total, tt.after, got, tt.want)
		}
		if want != "" {
			want = "  " + tt.want
		}
		if got := line.String(); !strings.HasSuffix(got, fmt.Sprint(tt.total)+want+"  name") && tt.total > 0 {
			t.Errorf("%d of %d after %v, on a terminal: %q, want %q", tt.done, tt.total, tt.after, got[max(0, len(got)-60):], tt.want)
		}
	}
}

func TestProgressFromManyGoroutines(t *testing.T) {
	var buf bytes.Buffer
	p := NewProgress(&buf, ProgressOptions{Every: 1})
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			p.Start(fmt.Sprint(i))
			p.Done(fmt.Sprint(i), reporters.Passed)
		})
	}
	wg.Wait()
	if got := buf.String(); !strings.HasSuffix(got, "\n100 specs done\n") || strings.Count(got, "\n") != 100 {
		t.Errorf("wrote %q", got)
	}
}

func TestProgressGivesUpOnABrokenWriter(t *testing.T) {
	w := &countingWriter{}
	p := NewProgress(w, ProgressOptions{Terminal: true})
	p.Start("a")
	p.Done("a", reporters.Passed)
	p.Close(nil)
	if w.n != 1 {
		t.Errorf("%d writes to a broken writer, want 1", w.n)
	}
}

type countingWriter struct{ n int }

func (w *countingWriter) Write([]byte) (int, error) {
	w.n++
	return 0, errors.New("broken pipe")
}
