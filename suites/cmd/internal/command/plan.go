package command

import (
	"context"

	"github.com/spf13/pflag"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/text"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// A plan holds the flags for listing the requests of a run.
type plan struct {
	wanted bool
	format string
}

func (p *plan) bind(flags *pflag.FlagSet) {
	flags.BoolVar(&p.wanted, "plan", false, "send nothing: list the requests that would be sent, by tier of safety")
	flags.StringVar(&p.format, "format", "text", "of --plan: text or json")
}

func (p *plan) check(flags *pflag.FlagSet) error {
	switch {
	case flags.Changed("format") && !p.wanted:
		return usagef("--format belongs to --plan: a run writes its reports to --report-dir")
	case p.format != "text" && p.format != "json":
		return usagef("unknown format %q: want text or json", p.format)
	case p.wanted && flags.Changed("har"):
		return usagef("--har records a run, and --plan sends nothing: leave one of them out")
	}
	return nil
}

// plan refuses what a run refuses, and writes no reports.
func (w *World) plan(ctx context.Context, cfg config.Config, g gate, format string) error {
	contract, err := load(cfg)
	if err != nil {
		return usagef("%v", err)
	}
	if _, err := g.open(); err != nil {
		return err
	}
	p, err := suites.Plan(ctx, cfg, suites.Options{Contract: contract})
	switch {
	case ctx.Err() != nil:
		return &exitError{exitInterrupted, "interrupted: there is no plan"}
	case err != nil:
		return err
	}
	if format == "json" {
		err = reporters.WritePlanJSON(w.Stdout, p)
	} else {
		err = text.WritePlan(w.Stdout, p, w.textOptions().Width)
	}
	if err != nil {
		return usagef("cannot write the plan: %v", err)
	}
	return nil
}
