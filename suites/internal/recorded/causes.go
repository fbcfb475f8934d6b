package recorded

import (
	"errors"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/har"
	"github.com/hostup/api-conformance/spec"
)

// A cause collects findings with one signature. Some of their exchanges are kept, the
// others are counted.
type cause struct {
	findings  []spec.Finding // not redacted
	exchanges int            // kept
	again     reporters.Again
	own       bool // the suite recorded one of the exchanges
}

// add takes the findings of an exchange and reports whether one of them is kept, so that
// reports must show the exchange.
func (o *verified) add(r har.Recorded, findings []spec.Finding) (kept bool) {
	met := map[*cause]bool{} // true: the exchange is kept for it
	for _, f := range findings {
		signature := f.Signature()
		c := o.causes[signature]
		if c == nil {
			c = &cause{}
			o.causes[signature] = c
		}
		keep, again := met[c]
		if !again {
			keep = c.exchanges < reporters.MaxExamples
			met[c] = keep
			if keep {
				c.exchanges++
			} else {
				c.again.Exchanges++
			}
		}
		c.own = c.own || r.Own
		if !keep {
			c.again.Findings += 1 + f.More
			continue
		}
		kept = true
		c.findings = append(c.findings, f)
	}
	return kept
}

// An example is an exchange that reports show.
type example struct {
	operation *verified
	id        string
	cleaned   bool // its body has been altered
}

func (v *verifier) remember(file, index int, e example) {
	if v.examples[file] == nil {
		v.examples[file] = map[int]example{}
	}
	v.examples[file][index] = e
}

// errEnough stops reading a file that has nothing more to offer.
var errEnough = errors.New("enough")

// keepExamples reads the exchanges of a file that reports show, and redacts them.
func (v *verifier) keepExamples(file int, path string) error {
	wanted := v.examples[file]
	if len(wanted) == 0 {
		return nil
	}
	left := len(wanted)
	return readRecording(path, func(index int) bool { _, ok := wanted[index]; return ok }, func(r har.Recorded) error {
		e, ex := wanted[r.Index], r.Exchange
		ex.ID = e.id
		if e.cleaned && ex.Response != nil {
			ex.Response.Body, ex.Response.BodyUnknown = nil, true
		}
		record := &e.operation.record
		record.Exchanges = append(record.Exchanges, v.redactor.Report(ex, record.Name))
		if left--; left == 0 {
			return errEnough
		}
		return nil
	})
}
