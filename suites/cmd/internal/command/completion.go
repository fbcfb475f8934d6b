package command

import (
	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/spec"
)

func completionCommand(w *World) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "print a script that completes commands, flags and ids in your shell",
		Long: `Print a script that completes commands, flags, ids of requirements and faults in
your shell. Load it once, or in every shell:

  source <(hostup-conformance completion bash)
  source <(hostup-conformance completion zsh)
  hostup-conformance completion fish | source`,
		ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("completion wants one shell, got %d: want bash, zsh, fish or powershell", len(args))
			}
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(w.Stdout, true)
			case "zsh":
				return root.GenZshCompletion(w.Stdout)
			case "fish":
				return root.GenFishCompletion(w.Stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(w.Stdout)
			}
			return usagef("unknown shell %q: want bash, zsh, fish or powershell", args[0])
		},
	}
}

// complete makes a flag complete to these values. A flag that does not exist is
// a fault of ours.
func complete(cmd *cobra.Command, flag string, values func() []string) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err)
	}
}

func fixed(values ...string) func() []string { return func() []string { return values } }

func faultIDs() []string   { return idsOf(faultChanges()) }
func variantIDs() []string { return idsOf(variantChanges()) }

// requirementIDs completes the first argument.
func requirementIDs(_ *cobra.Command, args []string, _ string) (ids []string, _ cobra.ShellCompDirective) {
	contract, err := spec.Load()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, r := range contract.Requirements() {
		ids = append(ids, r.ID+"\t"+r.Sentence)
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
