package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
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

// complete sets the completions of a flag. A missing flag is a bug and panics.
func complete(cmd *cobra.Command, flag string, values func() []string) {
	completeBy(cmd, flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	})
}

func completeBy(cmd *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err)
	}
}

func fixed(values ...string) func() []string { return func() []string { return values } }

func faultIDs() []string   { return idsOf(faultChanges()) }
func variantIDs() []string { return idsOf(variantChanges()) }

// documentOf returns the contract that the words before the cursor name: that of the file
// of --spec, else the built-in one. It fetches nothing, and reads no standard input.
func documentOf(cmd *cobra.Command) (*spec.Contract, error) {
	f := cmd.Flag("spec")
	if f == nil || f.Value.String() == "" {
		return packs.Default()
	}
	path := f.Value.String()
	if path == "-" || strings.Contains(path, "://") {
		return nil, usagef("%s is not read to complete a word", path)
	}
	return documentFlags{spec: path}.load()
}

// requirementIDs completes the first argument.
func requirementIDs(cmd *cobra.Command, args []string, _ string) (ids []string, _ cobra.ShellCompDirective) {
	contract, err := documentOf(cmd)
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, r := range contract.Requirements() {
		ids = append(ids, r.ID+"\t"+r.Sentence)
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// listNames completes every argument of list.
func listNames(cmd *cobra.Command, _ []string, part string) ([]string, cobra.ShellCompDirective) {
	names, directive := requirementIDs(cmd, nil, part)
	contract, err := documentOf(cmd)
	if err != nil {
		return nil, directive
	}
	all := requirements(contract, nil)
	return append(append(families(all), idsAndPrefixes(all)...), names...), directive
}

// operationNames returns the operation ids, which need no quotes, and method with path.
func operationNames(cmd *cobra.Command, _ []string, _ string) (list []string, _ cobra.ShellCompDirective) {
	contract, err := documentOf(cmd)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, o := range contract.Operations() {
		list = append(list, o.ID+"\t"+o.Name(), o.Name()+"\t"+o.ID)
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// tagNames returns the tags of operations.
func tagNames(cmd *cobra.Command, _ []string, _ string) (list []string, _ cobra.ShellCompDirective) {
	contract, err := documentOf(cmd)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, o := range contract.Operations() {
		list = append(list, contract.Inputs(o).Tags...)
	}
	slices.Sort(list)
	return slices.Compact(list), cobra.ShellCompDirectiveNoFileComp
}

func familyNames() []string {
	contract, err := packs.Default()
	if err != nil {
		return nil
	}
	return families(requirements(contract, nil))
}

func profileNames() (list []string) {
	all, err := packs.Profiles()
	if err != nil {
		return nil
	}
	for _, p := range all {
		list = append(list, p.Name+"\t"+p.Sentence)
	}
	return list
}

// filterLabels completes the label at the end of a filter.
func filterLabels(cmd *cobra.Command, _ []string, part string) ([]string, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	contract, err := documentOf(cmd)
	if err != nil {
		return nil, directive
	}
	before := part[:strings.LastIndexAny(part, "&|!(, ")+1]
	specs := suites.List(contract)
	all := requirements(contract, nil)
	var list []string
	for _, l := range labels(contract, specs, all) {
		list = append(list, before+l.Label+"\t"+l.Kind)
	}
	for _, r := range all {
		list = append(list, before+r.ID+"\t"+r.Sentence)
	}
	return list, directive
}
