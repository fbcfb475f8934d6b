package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

func explainCommand(w *World) *cobra.Command {
	return &cobra.Command{
		Use:               "explain ID",
		Short:             "explain a requirement: where it comes from and what tests it",
		Example:           "  hostup-conformance explain ACT-PAGE-003",
		ValidArgsFunction: requirementIDs,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return usagef("explain wants one requirement such as ACT-PAGE-003, got %d: see %s list", len(args), cmd.Root().Name())
		},
		RunE: func(_ *cobra.Command, args []string) error {
			contract, err := spec.Load()
			if err != nil {
				return err
			}
			id := strings.ToUpper(strings.TrimSpace(args[0]))
			all := requirements(contract)
			i := slices.IndexFunc(all, func(r requirement) bool { return r.ID == id })
			if i < 0 {
				var ids []string
				for _, r := range all {
					ids = append(ids, r.ID)
				}
				return usagef("there is no requirement %q%s", args[0], env.Meant(id, ids, ": hostup-conformance list shows all"))
			}
			return explain(w.Stdout, contract, all[i])
		},
	}
}

func explain(out io.Writer, contract *spec.Contract, r requirement) error {
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
	field(&b, "source", r.Sources)
	var operations []string
	for _, o := range contract.Operations() {
		if r.AppliesTo(o) {
			operations = append(operations, o.Name())
		}
	}
	field(&b, "operation", operations)
	field(&b, "document", contract.Places(r.ID))
	field(&b, "spec", r.Specs)
	_, err := io.WriteString(out, b.String())
	return err
}
