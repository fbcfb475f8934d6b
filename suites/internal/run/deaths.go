package run

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/internal/procs"
)

// A death is the early end of a process of the run.
type death struct {
	procs.Exit
	name  string   // "process 2 of 3"
	text  string   // "process 2 of 3 was killed (signal: killed)"
	words string   // its last line on standard error, if it was not killed
	specs []string // those that it was running
	late  bool     // it had nothing left to do
}

// deaths returns the processes that ended early and what they were doing. If the keeper
// has died, all end for that reason.
func (f *follower) deaths(early []procs.Exit, lastWords string) (list []death) {
	for _, e := range early {
		name := e.Name(len(f.plan.shares))
		d := death{Exit: e, name: name, text: name + " " + e.String(), specs: f.running[e.Process]}
		if !e.Killed {
			d.words = lastWords
		}
		d.late = e.Process > 0 && !slices.ContainsFunc(f.plan.shares[e.Process-1], func(name string) bool { return !f.done[name] })
		if e.Process != 0 {
			list = append(list, d)
			continue
		}
		for i := range f.plan.shares {
			d.specs = append(d.specs, f.running[i+1]...)
		}
		return []death{d}
	}
	return list
}

// deathOf returns the death of a process, nil if it lived.
func deathOf(deaths []death, process int) *death {
	for i, d := range deaths {
		if d.Process == process || d.Process == 0 {
			return &deaths[i]
		}
	}
	return nil
}

// skip says why a spec was not finished.
func (d death) skip(name string) *reporters.Skip {
	reason := d.text + " before this spec"
	for _, running := range d.specs {
		if running == name {
			reason = "this spec could not finish: " + d.text
		}
	}
	return &reporters.Skip{Code: reporters.SkipUnfinished, Reason: reason}
}

// perhaps returns what a request may have created whose response the process did not live
// to see.
func (d death) perhaps(what string) reporters.Created {
	c := reporters.Created{What: what, ID: "(no id)", Spec: "a spec of " + d.name, Unsure: d.text + " before the response"}
	if len(d.specs) == 1 {
		c.Spec = d.specs[0]
	}
	return c
}

// deathText describes all deaths in one line.
func deathText(deaths []death) string {
	var parts []string
	for _, d := range deaths {
		text := d.text
		switch len(d.specs) {
		case 0:
			if d.late {
				text += " when it had done its work"
			}
		case 1:
			text += " while " + strconv.Quote(d.specs[0]) + " ran"
		case 2:
			text += fmt.Sprintf(" while %q and another spec ran", d.specs[0])
		default:
			text += fmt.Sprintf(" while %q and %d other specs ran", d.specs[0], len(d.specs)-1)
		}
		if d.words != "" {
			text += ": " + strconv.Quote(d.words)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ") + ": the result covers the specs that were finished"
}
