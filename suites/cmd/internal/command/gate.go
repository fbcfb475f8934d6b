package command

import (
	"time"

	"github.com/spf13/pflag"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/baseline"
)

// A gate is what a result must pass besides the contract.
type gate struct {
	baseline string // file of known findings
	coverage int    // percent
	document bool   // problems of the document fail the run
}

func (g *gate) bind(flags *pflag.FlagSet) {
	flags.BoolVar(&g.document, "strict-document", false, "fail when something is wrong with the document itself")
	flags.StringVar(&g.baseline, "baseline", "", "file of known findings, which do not fail the run")
	flags.IntVar(&g.coverage, "min-coverage", 0, "fail below this percentage of what can be observed of the contract")
}

// set reports whether there is anything to pass.
func (g gate) set() bool { return g != gate{} }

// open reads the baseline, nil if there is none. Errors of the gate are reported before
// anything is tested.
func (g gate) open() (*baseline.List, error) {
	if g.coverage < 0 || g.coverage > 100 {
		return nil, usagef("--min-coverage %d: want a percentage from 0 to 100", g.coverage)
	}
	if g.baseline == "" {
		return nil, nil
	}
	return readBaseline(g.baseline)
}

// apply returns the result with the gate applied, for the reports.
func (g gate) apply(run *reporters.Run, known *baseline.List) *reporters.Run {
	if g.coverage > 0 || g.document {
		with := *run
		if g.coverage > 0 {
			with.Settings.MinCoverage = g.coverage
		}
		with.Settings.StrictDocument = g.document || run.Settings.StrictDocument
		run = &with
	}
	if known != nil {
		run = baseline.Apply(run, known, time.Now())
	}
	return run
}

// judge turns a result and the error of its run into an exit code.
func (g gate) judge(run *reporters.Run, err error) error {
	if err := verdict(run, err); err != nil {
		return err
	}
	if err := reporters.CheckCoverage(run, g.coverage); err != nil {
		return &exitError{exitFindings, err.Error()}
	}
	if why := run.DocumentFails(); why != "" && g.document {
		return &exitError{exitFindings, why}
	}
	if run.Baseline != nil && len(run.Baseline.Problems) > 0 {
		return &exitError{code: exitFindings} // the summary says it all
	}
	return nil
}
