package command

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// A listing is the output of the list command as JSON.
type listing struct {
	Document     string        `json:"document"`
	Version      string        `json:"version"`
	SHA256       string        `json:"sha256"`
	Requirements []requirement `json:"requirements"`
	Labels       []labelled    `json:"labels,omitempty"` // with --labels
}

// A requirement is an entry of the catalogue with the specs that test it.
type requirement struct {
	spec.Requirement
	Specs []string `json:"specs"`

	elsewhere bool // only other documents have it
}

// listFlags are the flags of the command list.
type listFlags struct {
	level, format string
	operations    values
	specs, labels bool
	of            documentFlags
}

func listCommand(w *World) *cobra.Command {
	var f listFlags
	cmd := &cobra.Command{
		Use:   "list [FAMILY | ID | BEGINNING OF IDS]...",
		Short: "list the requirements, one a line, or the specs or labels of them",
		Long: `List the requirements, one a line: id, level, number of specs, sentence. On a
terminal a sentence ends where the line does; explain ID shows all of it.

Names select families (paging) and ids or their beginnings (ACT, ACT-PAGE,
ACT-PAGE-003); --level and --operation select among those. DOC lists what can be
wrong with a document itself.`,
		Example: `  hostup-conformance list ACT --level SHOULD
  hostup-conformance list --operation 'GET /api/v2/billing/cards' --specs
  hostup-conformance list --labels`,
		ValidArgsFunction: listNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, name := range []string{"level", "operation", "specs", "labels", "format", "spec", "overlay"} {
				if onlyDocumentRules(args) && cmd.Flags().Changed(name) {
					return usagef("--%s is about requirements of a target, and DOC are problems of a document: leave it out", name)
				}
			}
			return w.list(f, args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.level, "level", "", "only requirements of this level: MUST or SHOULD")
	flags.Var(&f.operations, "operation", `only what is tested at this operation: "GET /path" or its operationId; may be given again`)
	flags.BoolVar(&f.specs, "specs", false, "also list the specs of each requirement")
	flags.BoolVar(&f.labels, "labels", false, "list what --label-filter of run can select by, instead")
	flags.StringVar(&f.format, "format", "text", "text or json")
	f.of.bind(flags)
	complete(cmd, "format", fixed("text", "json"))
	complete(cmd, "level", fixed("MUST", "SHOULD"))
	completeBy(cmd, "operation", operationNames)
	return cmd
}

func (w *World) list(f listFlags, names []string) error {
	if f.format != "text" && f.format != "json" {
		return usagef("unknown format %q: want text or json", f.format)
	}
	if f.specs && f.labels {
		return usagef("--labels lists labels instead of requirements, and --specs belongs to those: give one of them")
	}
	if onlyDocumentRules(names) {
		return listDocumentRules(w.Stdout, names)
	}
	contract, err := f.of.load()
	if err != nil {
		return err
	}
	specs, err := f.ofOperations(contract)
	if err != nil {
		return err
	}
	all, err := known(contract, specs)
	if err != nil {
		return err
	}
	l := listing{Document: contract.Name(), Version: contract.Version(), SHA256: contract.Digest()}
	if l.Requirements, err = f.selected(all, names); err != nil {
		return err
	}
	if f.labels {
		l.Labels = labels(contract, specs, l.Requirements)
	}
	width, _ := w.terminal(w.Stdout)
	switch {
	case f.format == "json":
		enc := json.NewEncoder(w.Stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(l)
	case f.labels:
		return writeLabels(w.Stdout, l.Labels, width)
	}
	return l.text(w.Stdout, f.specs, width)
}

// onlyDocumentRules reports whether all names are of problems of documents.
func onlyDocumentRules(names []string) bool {
	return len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { return !strings.HasPrefix(strings.ToUpper(name), "DOC") })
}

// listDocumentRules lists the kinds of document problems whose ids begin with one of the
// names, one per line. They are no requirements of a target.
func listDocumentRules(out io.Writer, names []string) error {
	found := false
	for _, r := range document.Rules() {
		if !slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(r.ID, strings.ToUpper(name)) }) {
			continue
		}
		found = true
		if _, err := fmt.Fprintf(out, "%-18s %s; otherwise %s\n", r.ID, r.Sentence, r.Cost); err != nil {
			return err
		}
	}
	if !found {
		return usagef("there is no kind of problem %q of documents: %s list DOC shows all", strings.Join(names, " "), "hostup-conformance")
	}
	return nil
}

// ofOperations returns the specs of the contract, with --operation only those of some
// operations.
func (f listFlags) ofOperations(contract *spec.Contract) ([]suites.Spec, error) {
	specs := suites.List(contract)
	chosen, err := config.Config{Operation: strings.Join(f.operations, "\n")}.Choose(contract)
	if err != nil || len(f.operations) == 0 {
		return specs, err
	}
	var of []string
	for id := range strings.SplitSeq(chosen.Operation, "\n") {
		of = append(of, contract.Operation(id).Name())
	}
	return slices.DeleteFunc(specs, func(s suites.Spec) bool { return !slices.Contains(of, s.Operation) }), nil
}

// selected returns the requirements that names and flags select; with an operation only
// those that are tested for it.
func (f listFlags) selected(all []requirement, names []string) ([]requirement, error) {
	level := strings.ToUpper(f.level)
	if level != "" && level != string(spec.Must) && level != string(spec.Should) {
		return nil, usagef("unknown level %q: want MUST or SHOULD", f.level)
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(r requirement) bool { return r.named(name) }) {
			return nil, usagef("there is no family or requirement %q%s", name, config.Meant(strings.ToUpper(name), idsAndPrefixes(all), config.Meant(name, families(all), ": hostup-conformance list shows all")))
		}
	}
	list := []requirement{}
	for _, r := range all {
		if !r.selected(all, names) || level != "" && string(r.Level) != level || len(f.operations) > 0 && len(r.Specs) == 0 {
			continue
		}
		list = append(list, r)
	}
	return list, nil
}

// named reports whether a requirement belongs to the family name, or its id is name or
// begins with it and a hyphen.
func (r requirement) named(name string) bool {
	id := strings.ToUpper(strings.TrimSpace(name))
	return strings.EqualFold(r.Family, name) || r.ID == id || strings.HasPrefix(r.ID, strings.TrimSuffix(id, "-")+"-")
}

// selected reports whether names select a requirement from all. One that only other
// documents have is selected by a name that matches nothing in this document.
func (r requirement) selected(all []requirement, names []string) bool {
	if !r.elsewhere {
		return len(names) == 0 || slices.ContainsFunc(names, r.named)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		return r.named(name) && !slices.ContainsFunc(all, func(q requirement) bool { return !q.elsewhere && q.named(name) })
	})
}

// requirements returns the catalogue in its order, each entry with the names of its
// specs.
func requirements(contract *spec.Contract, specs []suites.Spec) []requirement {
	var list []requirement
	for _, r := range contract.Requirements() {
		q := requirement{Requirement: r, Specs: []string{}}
		for _, s := range specs {
			if slices.Contains(s.Requirements, r.ID) {
				q.Specs = append(q.Specs, s.Name)
			}
		}
		list = append(list, q)
	}
	return list
}

// text writes a line for each requirement, of at most width columns unless that is 0.
func (l listing) text(out io.Writer, specs bool, width int) error {
	var b strings.Builder
	id, distinct := 0, map[string]bool{}
	var other []string
	for _, r := range l.Requirements {
		id = max(id, len(r.ID))
		if r.elsewhere {
			other = append(other, r.ID)
		}
		for _, s := range r.Specs {
			distinct[s] = true
		}
	}
	for _, r := range l.Requirements {
		b.WriteString(cut(fmt.Sprintf("%-*s  %-6s %4d  %s", id, r.ID, r.Level, len(r.Specs), r.Sentence), width) + "\n")
		if specs {
			for _, s := range r.Specs {
				b.WriteString(cut("    "+s, width) + "\n")
			}
		}
	}
	if n := len(l.Requirements) - len(other); n > 0 || len(other) == 0 {
		fmt.Fprintf(&b, "%s of %s %s, %s: %s\n", plural(n, "requirement"), l.Document, l.Version, plural(len(distinct), "spec"), l.levels())
	}
	if len(other) > 0 {
		fmt.Fprintf(&b, "No requirement of %s: %s. --spec FILE shows those of another document.\n", l.Document, strings.Join(other, ", "))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// cut shortens a line to width columns; 0 leaves it as it is.
func cut(line string, width int) string {
	if width == 0 {
		return line
	}
	if runes := []rune(line); len(runes) > width {
		return string(runes[:width-1]) + "…"
	}
	return line
}

// levels counts the requirements of each level, and those that no source promises.
func (l listing) levels() string {
	all, must, insisted := 0, 0, 0
	for _, r := range l.Requirements {
		if r.elsewhere {
			continue
		}
		all++
		if r.Level == spec.Must {
			must++
		}
		if r.Insists != "" {
			insisted++
		}
	}
	var parts []string
	switch {
	case insisted > 0:
		parts = append(parts, fmt.Sprintf("%d MUST (%d promised by a source, %d that we insist on)", must, must-insisted, insisted))
	case must > 0:
		parts = append(parts, fmt.Sprintf("%d MUST", must))
	}
	if should := all - must; should > 0 {
		parts = append(parts, fmt.Sprintf("%d SHOULD", should))
	}
	return strings.Join(parts, ", ")
}

// field writes a name and its values, one per line.
func field(b *strings.Builder, name string, values []string) {
	for i, v := range values {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(b, "    %-10s  %s\n", name, v)
	}
}
