package text

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
)

// Progress shows how far a run has come.
//
// On a terminal it rewrites a single line:
//
//	41/187  2 failed so far  about 20 s left  activity / paging / the page after the last one is empty
//
// Elsewhere it writes a line after every so many specs ("50 of 187 specs done, 2 failed so
// far, about 20 s left"). A short run gets no estimate of the time. The last line has the
// counts of the result: a cause of the whole target, or one that no spec tests by itself, is
// charged to specs that have ended before. It is safe for concurrent use. If the writer
// fails, it falls silent: progress never stops a run.
type Progress struct {
	mu      sync.Mutex
	w       io.Writer
	opt     ProgressOptions
	begin   time.Time
	done    int
	failed  int  // by what they test, until the result is known
	stopped int  // could not finish
	result  bool // both are those of the result
	current string
	shown   bool      // a line was written
	drawn   bool      // a line is on the terminal
	last    time.Time // when the line was last written
	broken  bool      // the writer has failed
}

// ProgressOptions configure a Progress.
type ProgressOptions struct {
	Total    int  // specs that will run; 0 if unknown
	Terminal bool // the writer is a terminal that understands ANSI sequences
	Width    int  // columns of the terminal, 80 if 0
	Every    int  // without a terminal: specs between two lines, 50 if 0

	Now func() time.Time // the clock, time.Now if nil
}

// NewProgress returns a Progress that writes to w.
func NewProgress(w io.Writer, opt ProgressOptions) *Progress {
	if opt.Width <= 0 {
		opt.Width = 80
	}
	if opt.Every <= 0 {
		opt.Every = 50
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return &Progress{w: w, opt: opt, begin: opt.Now()}
}

// Start reports that a spec begins.
func (p *Progress) Start(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.current = name
	if p.opt.Terminal {
		p.draw()
	}
}

// Done reports that a spec has ended.
func (p *Progress) Done(name string, outcome reporters.Outcome) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.count(outcome)
	switch {
	case p.opt.Terminal:
		p.current = name
		p.draw()
	case p.done%p.opt.Every == 0 && p.done != p.opt.Total:
		p.write(p.plain())
	}
}

func (p *Progress) count(outcome reporters.Outcome) {
	switch outcome {
	case reporters.Failed:
		p.failed++
	case reporters.Errored:
		p.stopped++
	}
}

// Close shows the counts of the result, nil if there is none, and removes the line from
// the terminal. Report nothing after it.
func (p *Progress) Close(run *reporters.Run) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if run != nil && p.shown {
		p.failed, p.stopped, p.result = 0, 0, true
		for _, s := range run.Specs {
			p.count(s.Outcome)
		}
		if p.current, p.last = "", (time.Time{}); p.opt.Terminal {
			p.draw()
		} else {
			p.write(p.plain())
		}
	}
	p.shown = false
	if p.drawn {
		p.write("\r\x1b[K")
		p.drawn = false
	}
}

// redraw is the shortest time between two updates on a terminal: nobody reads faster, and
// slow connections benefit.
const redraw = 50 * time.Millisecond

func (p *Progress) draw() {
	now := p.opt.Now()
	if p.drawn && now.Sub(p.last) < redraw {
		return
	}
	p.last = now
	head := fmt.Sprint(p.done)
	if p.opt.Total > 0 {
		total := fmt.Sprint(p.opt.Total)
		head = fmt.Sprintf("%*d/%s", len(total), p.done, total)
	}
	if red := p.red(); red != "" {
		head += "  " + red
	}
	if l := p.left(); l != "" {
		head += "  " + l
	}
	// One column stays free: a full line makes some terminals scroll.
	text := escape.Middle(head, p.opt.Width-1)
	if room := p.opt.Width - 1 - utf8.RuneCountInString(head) - 2; room > 0 && p.current != "" {
		text = head + "  " + escape.Middle(escape.Line(p.current, escape.PlaceLimit), room)
	}
	p.write("\r\x1b[K" + text)
	p.drawn = true
}

// red says how many specs have failed or could not finish, "" if none.
func (p *Progress) red() string {
	var parts []string
	if p.failed > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", p.failed))
	}
	if p.stopped > 0 {
		parts = append(parts, fmt.Sprintf("%d could not finish", p.stopped))
	}
	if len(parts) > 0 && !p.result {
		parts[len(parts)-1] += " so far"
	}
	return strings.Join(parts, ", ")
}

func (p *Progress) plain() string {
	s := fmt.Sprintf("%d specs done", p.done)
	if p.opt.Total > 0 {
		s = fmt.Sprintf("%d of %d specs done", p.done, p.opt.Total)
	}
	if red := p.red(); red != "" {
		s += ", " + red
	}
	if l := p.left(); l != "" {
		s += ", " + l
	}
	return s + "\n"
}

// Thresholds for an estimate of the remaining time: the first specs, and runs of a few
// seconds, show too little.
const (
	soonest = 5 * time.Second // since the beginning
	fewest  = 20              // specs
)

// left estimates the remaining time from the mean so far: "about 20 s left", "about 3 min
// left"; "" if unknown or not worth showing.
func (p *Progress) left() string {
	since, more := p.opt.Now().Sub(p.begin), p.opt.Total-p.done
	if more <= 0 || p.done < fewest || since < soonest {
		return ""
	}
	left := since / time.Duration(p.done) * time.Duration(more)
	switch {
	case left < 5*time.Second:
		return ""
	case left < 95*time.Second:
		return fmt.Sprintf("about %d s left", int(left.Round(5*time.Second).Seconds()))
	}
	return fmt.Sprintf("about %d min left", int(left.Round(time.Minute).Minutes()))
}

func (p *Progress) write(s string) {
	if p.broken {
		return
	}
	p.shown = true
	if _, err := io.WriteString(p.w, s); err != nil {
		p.broken = true
	}
}
