package reporters

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

func TestProgressOnATerminal(t *testing.T) {
	var buf bytes.Buffer
	p := NewProgress(&buf, ProgressOptions{Total: 12, Terminal: true, Width: 38})
	p.Start("activity / rows")
	p.Done("activity / rows", Failed)
	p.Start("a very long name of a spec\x1b[2J that does not fit")
	p.Close()
	p.Close() // removes nothing twice
	want := []string{
		" 0/12  activity / rows",
		" 1/12  1 failed  activity / rows",
		" 1/12  1 failed  a very lo…es not fit",
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
	for i, o := range []Outcome{Passed, Errored, Skipped, Failed, Passed, Warned} {
		p.Start(fmt.Sprint(i))
		p.Done(fmt.Sprint(i), o)
	}
	p.Close()
	if got, want := buf.String(), "2 of 6 specs done, 1 failed\n4 of 6 specs done, 2 failed\n"; got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

func TestProgressFromManyGoroutines(t *testing.T) {
	var buf bytes.Buffer
	p := NewProgress(&buf, ProgressOptions{Every: 1})
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			p.Start(fmt.Sprint(i))
			p.Done(fmt.Sprint(i), Passed)
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
	p.Done("a", Passed)
	p.Close()
	if w.n != 1 {
		t.Errorf("%d writes to a broken writer, want 1", w.n)
	}
}

type countingWriter struct{ n int }

func (w *countingWriter) Write([]byte) (int, error) {
	w.n++
	return 0, errors.New("broken pipe")
}
