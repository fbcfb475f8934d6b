package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/variants"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/proof"
)

// faultFlags are the flags of the command faults.
type faultFlags struct {
	fault, variant, family, format string
	procs                          int
	whole, list                    bool
}

func newFaultsCommand(w *World) *cobra.Command {
	var f faultFlags
	cmd := &cobra.Command{
		Use:   "faults",
		Short: "prove that the suite can fail: run it against servers with a fault each",
		Long: `Prove that the suite can fail, and that it does not fail wrongly.

The suite is run against a reference server for each known fault, which breaks one
requirement, for each variant, which breaks none, and for servers that understand
nothing. A fault is killed if the suite names the requirement that it breaks; any
other failure does not count. The exit code is 1 if a fault survives, a variant
raises a false alarm or a server that understands nothing gets through. With --list
nothing is run.`,
		Example: "  hostup-conformance faults --family paging\n  hostup-conformance faults --list --family paging\n  hostup-conformance faults --format markdown > fixtures/KILL_MATRIX.md",
		Args:    noArguments,
		RunE:    func(*cobra.Command, []string) error { return w.faults(f) },
	}
	cmd.Flags().StringVar(&f.fault, "fault", "", "only the fault of this id")
	cmd.Flags().StringVar(&f.variant, "variant", "", "only the variant of this id")
	cmd.Flags().StringVar(&f.family, "family", "", "only faults that break a requirement of this family")
	cmd.Flags().StringVar(&f.format, "format", "text", "text, json or markdown")
	cmd.Flags().IntVar(&f.procs, "procs", 0, "processes (default: four times as many as there are processors)")
	cmd.Flags().BoolVar(&f.whole, "whole", false, "run the whole suite against each fault, not the specs of its requirement first")
	cmd.Flags().BoolVar(&f.list, "list", false, "run nothing: list the faults and variants that would be tried")
	complete(cmd, "fault", faultIDs)
	complete(cmd, "variant", variantIDs)
	complete(cmd, "family", familyNames)
	complete(cmd, "format", fixed("text", "json", "markdown"))
	return cmd
}

func (w *World) faults(f faultFlags) error {
	write, ok := map[string]func(*proof.Matrix, io.Writer) error{
		"text": (*proof.Matrix).WriteText, "json": (*proof.Matrix).WriteJSON, "markdown": (*proof.Matrix).WriteMarkdown,
	}[f.format]
	if !ok {
		return usagef("unknown format %q: want text, json or markdown", f.format)
	}
	if f.procs < 0 {
		return usagef("--procs %d: want a number of processes", f.procs)
	}
	contract, err := packs.Default()
	if err != nil {
		return err
	}
	opt, err := f.selected(contract)
	if err != nil {
		return err
	}
	if f.list {
		if f.format != "text" {
			return usagef("--list is text only: leave --format out")
		}
		return listChanges(w.Stdout, opt.Faults, opt.Variants)
	}
	opt.Executable, opt.Procs, opt.Whole = w.Executable, f.procs, f.whole
	progress := w.faultProgress()
	opt.OnDone = progress.done
	ctx, stop := untilSignal(func() {})
	defer stop()
	matrix, err := proof.Run(ctx, opt)
	progress.end()
	switch {
	case ctx.Err() != nil:
		return &exitError{exitInterrupted, "interrupted: there is no matrix"}
	case err != nil:
		return err
	}
	if err := write(matrix, w.Stdout); err != nil {
		return fmt.Errorf("cannot write the matrix: %w", err)
	}
	if !matrix.Sound() {
		return &exitError{code: exitFindings, text: matrix.Score.String()}
	}
	return nil
}

// selected returns the servers that the flags select, all of them without flags.
func (f faultFlags) selected(contract *spec.Contract) (proof.Options, error) {
	opt := proof.Options{Contract: contract, Faults: faults.All(), Variants: variants.All()}
	var err error
	if opt.Trivial, err = proof.AllTrivial(); err != nil {
		return opt, err
	}
	if f.fault == "" && f.variant == "" && f.family == "" {
		opt.Excluded = faults.Excluded()
		return opt, nil
	}
	opt.Trivial = nil
	if f.family != "" {
		var families []string
		for _, r := range contract.Requirements() {
			if !slices.Contains(families, r.Family) {
				families = append(families, r.Family)
			}
		}
		if !slices.Contains(families, f.family) {
			return opt, usagef("there is no family %q%s", f.family, config.Meant(f.family, families, ": want one of "+strings.Join(families, ", ")))
		}
	}
	if f.fault != "" {
		if _, ok := faults.Find(f.fault); !ok {
			return opt, noChange("fault", f.fault, idsOf(faultChanges()))
		}
	}
	if f.variant != "" {
		if _, ok := variants.Find(f.variant); !ok {
			return opt, noChange("variant", f.variant, idsOf(variantChanges()))
		}
	}
	opt.Variants = slices.DeleteFunc(opt.Variants, func(v variants.Variant) bool { return v.ID != f.variant })
	opt.Faults = slices.DeleteFunc(opt.Faults, func(x faults.Fault) bool {
		r, _ := contract.Requirement(x.Requirement)
		return f.fault == "" && f.family == "" || f.fault != "" && x.ID != f.fault || f.family != "" && r.Family != f.family
	})
	if len(opt.Faults)+len(opt.Variants) == 0 {
		return opt, usagef("no fault is selected: fault %q is not of family %q", f.fault, f.family)
	}
	return opt, nil
}

// listChanges writes a line for each fault and each variant.
func listChanges(out io.Writer, breaking []faults.Fault, quiet []variants.Variant) error {
	var b strings.Builder
	for _, f := range breaking {
		fmt.Fprintf(&b, "%s  %s  %s\n", f.ID, f.Requirement, f.Sentence)
	}
	for _, v := range quiet {
		fmt.Fprintf(&b, "%s  variant  %s\n", v.ID, v.Sentence)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func idsOf(changes []change) (list []string) {
	for _, c := range changes {
		list = append(list, c.name)
	}
	return list
}
