package command

import (
	"fmt"
	"io"

	"github.com/schollz/progressbar/v3"

	"github.com/hostup/api-conformance/suites/proof"
)

// A faultProgress shows the progress of a matrix: a bar on a terminal, elsewhere a line
// for every so many servers, to keep logs short.
type faultProgress struct {
	out        io.Writer
	columns    int                      // of the terminal, 0 if there is none
	bar        *progressbar.ProgressBar // on a terminal, once the total is known
	unexpected int
}

// linesEvery is the number of servers per line of a log.
const linesEvery = 50

func (w *World) faultProgress() *faultProgress {
	columns, _ := w.terminal(w.Stderr)
	return &faultProgress{out: w.Stderr, columns: columns}
}

// done is called with each result.
func (p *faultProgress) done(done, total int, r proof.Result) {
	if !r.Expected {
		p.unexpected++
		if p.bar != nil {
			p.bar.Describe(p.description())
		}
	}
	if p.columns == 0 {
		if done%linesEvery == 0 && done != total {
			fmt.Fprintf(p.out, "%d of %d %s\n", done, total, p.description())
		}
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.out),
			progressbar.OptionSetDescription(p.description()),
			progressbar.OptionUseANSICodes(true),
			progressbar.OptionFullWidth(),
			progressbar.OptionShowCount(),
			progressbar.OptionClearOnFinish(),
		)
	}
	_ = p.bar.Set(done) // its only error is that of the writer
}

// description reports early that the matrix will fail.
func (p *faultProgress) description() string {
	if p.unexpected == 0 {
		return "servers"
	}
	return fmt.Sprintf("servers, %d not as expected", p.unexpected)
}

// end leaves the terminal as it was.
func (p *faultProgress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
