package command

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/spec"
)

func changesCommand(w *World) *cobra.Command {
	return &cobra.Command{
		Use:   "changes OLD.yaml NEW.yaml",
		Short: "compare two versions of the contract: what breaks clients",
		Long:  "Compare two versions of an OpenAPI document. The exit code is 1 if a change breaks clients.",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("%s given: want the old and the new document", plural(len(args), "file"))
			}
			var texts [2][]byte
			for i, path := range args {
				text, err := os.ReadFile(path)
				if err != nil {
					return usagef("cannot read %s: %v", path, bare(err))
				}
				texts[i] = text
			}
			list, err := spec.Changes(args[0], texts[0], args[1], texts[1])
			if err != nil {
				return usagef("%v", err)
			}
			breaking := 0
			for _, c := range list {
				mark := "        "
				if c.Breaking {
					mark = "breaking"
					breaking++
				}
				fmt.Fprintf(w.Stdout, "%s  %s %s", mark, c.What, c.Property)
				if c.Old != "" || c.New != "" {
					fmt.Fprintf(w.Stdout, ": %q -> %q", c.Old, c.New)
				}
				if c.Line > 0 {
					fmt.Fprintf(w.Stdout, "  (line %d)", c.Line)
				}
				fmt.Fprintln(w.Stdout)
			}
			fmt.Fprintf(w.Stdout, "%s, %d of them breaking\n", plural(len(list), "change"), breaking)
			if breaking > 0 {
				return &exitError{code: exitFindings}
			}
			return nil
		},
	}
}
