package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

func explainCommand(w *World) *cobra.Command {
	var of documentFlags
	cmd := &cobra.Command{
		Use:               "explain ID",
		Short:             "explain a requirement: where it comes from, what tests it and what breaks it",
		Long:              "Explain a requirement: where it comes from, what tests it, by which labels a run can\nselect it, and which faults of the reference server break it, but for --spec.\nThe beginning of ids, or a family, lists those that are meant.",
		Example:           "  hostup-conformance explain ACT-PAGE-003\n  hostup-conformance explain ACT-PAGE\n  hostup-conformance explain BODY-XML-001 --spec theirs.yaml",
		ValidArgsFunction: requirementIDs,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return usagef("explain wants one requirement such as ACT-PAGE-003, got %d: see %s list", len(args), cmd.Root().Name())
		},
		RunE: func(_ *cobra.Command, args []string) error { return w.explain(of, args[0]) },
	}
	of.bind(cmd.Flags())
	return cmd
}

func (w *World) explain(of documentFlags, name string) error {
	id := strings.ToUpper(strings.TrimSpace(name))
	if rule, ok := document.RuleOf(id); ok {
		_, err := fmt.Fprintf(w.Stdout, "%s  about the document\n\n    %s\n\n    Otherwise %s. It fails a run only with --strict-document.\n\n  source     %s\n", rule.ID, rule.Sentence, rule.Cost, rule.Source)
		return err
	}
	contract, err := of.load()
	if err != nil {
		return err
	}
	specs := suites.List(contract)
	all, err := known(contract, specs)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(r requirement) bool { return r.ID == id })
	if i < 0 {
		return w.explainAll(contract, all, name)
	}
	var broken []string // the reference server and its faults are of the built-in document
	if of.spec == "" {
		broken = faultsOf(all[i])
	}
	return explain(w.Stdout, contract, all[i], labelsOf(specs, all[i]), broken)
}

// explainAll lists the requirements of a family or with a common beginning of ids.
func (w *World) explainAll(contract *spec.Contract, all []requirement, name string) error {
	list, err := listFlags{}.selected(all, []string{name})
	if err != nil {
		return usagef("there is no requirement %q%s", name, config.Meant(strings.ToUpper(name), idsAndPrefixes(all), ": hostup-conformance list shows all"))
	}
	width, _ := w.terminal(w.Stdout)
	return listing{Document: contract.Name(), Version: contract.Version(), Requirements: list}.text(w.Stdout, false, width)
}

// labelsOf returns the labels of the specs that test a requirement, without ids.
func labelsOf(specs []suites.Spec, r requirement) (list []string) {
	for _, s := range specs {
		if slices.Contains(s.Requirements, r.ID) {
			list = append(list, s.Labels...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// faultsShown bounds the faults listed for a requirement, so that the rest stays visible.
const faultsShown = 8

// faultsOf lists the faults that break a requirement, and what each does.
func faultsOf(r requirement) (list []string) {
	for _, f := range faults.All() {
		if f.Requirement == r.ID {
			list = append(list, f.ID+": "+f.Sentence)
		}
	}
	if n := len(list); n > faultsShown {
		return append(list[:faultsShown], fmt.Sprintf("and %d more: hostup-conformance faults --list --family %s", n-faultsShown, r.Family))
	}
	return list
}

// operationsOf lists the operations that a requirement applies to. The generic catalogue
// says "all" of most requirements: without a pack these are the operations at which it is
// tested, as far as its specs, which have these labels, are about operations.
func operationsOf(contract *spec.Contract, r requirement, labels []string) (tested []string) {
	var all []string
	for _, o := range contract.Operations() {
		if !r.AppliesTo(o) {
			continue
		}
		all = append(all, o.Name())
		if slices.Contains(labels, config.OperationLabel(o.ID)) {
			tested = append(tested, o.Name())
		}
	}
	if contract.Pack() != "" || len(tested) == 0 {
		return all
	}
	return tested
}

func explain(out io.Writer, contract *spec.Contract, r requirement, labels, broken []string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s\n\n    %s\n\n", r.ID, r.Level, r.Family, r.Sentence)
	if text := strings.TrimSpace(r.Rationale); text != "" {
		for line := range strings.Lines(text) {
			fmt.Fprintf(&b, "    %s\n", strings.TrimSpace(line))
		}
		b.WriteByte('\n')
	}
	if r.Insists != "" {
		fmt.Fprintf(&b, "    No source promises it. We insist, because %s.\n\n", r.Insists)
	}
	if r.elsewhere {
		fmt.Fprintf(&b, "    It is no requirement of %s. --spec FILE shows those of another document.\n\n", contract.Name())
	}
	field(&b, "source", r.Sources)
	if !r.elsewhere {
		field(&b, "operation", operationsOf(contract, r, labels))
	}
	field(&b, "document", contract.Places(r.ID))
	others := slices.DeleteFunc(labels, func(l string) bool { _, id := contract.Requirement(l); return id && l != r.ID })
	if len(others) > 0 {
		field(&b, "labels", []string{strings.Join(others, ", ")})
	}
	field(&b, "fault", broken)
	field(&b, "spec", r.Specs)
	_, err := io.WriteString(out, b.String())
	return err
}
