package command

import (
	"fmt"
	"io"

	"github.com/schollz/progressbar/v3"

	"github.com/hostup/api-conformance/suites/proof"
)

// A faultProgress tells how far a matrix is: a bar on a terminal, elsewhere a
// line for every so many servers, which a log can bear.
type faultProgress struct {
	out        io.Writer
	columns    int                      // of the terminal, 0 if it is none
	bar        *progressbar.ProgressBar // on a terminal, once the total is known
	unexpected int
}

// linesEvery is how many servers a line of a log stands for.
const linesEvery = 50

func (w *World) faultProgress() *faultProgress {
	columns, _ := w.terminal(w.Stderr)
	return &faultProgress{out: w.Stderr, columns: columns}
}

// done is told of each result.
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
	_ = p.bar.Set(done) // whose only error is that of the writer
}

// description tells early that the matrix will not be sound.
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
