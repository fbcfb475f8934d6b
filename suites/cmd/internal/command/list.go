package command

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites"
)

// A listing is the answer of the list command as JSON.
type listing struct {
	Document     string        `json:"document"`
	Version      string        `json:"version"`
	SHA256       string        `json:"sha256"`
	Requirements []requirement `json:"requirements"`
}

// A requirement is an entry of the catalogue with what tests it.
type requirement struct {
	spec.Requirement
	Specs []string `json:"specs"`
}

func listCommand(w *World) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "list the requirements and the specs that test them",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			if format != "text" && format != "json" {
				return usagef("unknown format %q: want text or json", format)
			}
			contract, err := spec.Load()
			if err != nil {
				return err
			}
			l := listing{Document: contract.Name(), Version: contract.Version(), SHA256: contract.Digest(), Requirements: requirements(contract)}
			if format == "json" {
				enc := json.NewEncoder(w.Stdout)
				enc.SetEscapeHTML(false)
				enc.SetIndent("", "  ")
				return enc.Encode(l)
			}
			return l.text(w.Stdout)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	complete(cmd, "format", fixed("text", "json"))
	return cmd
}

// requirements is the catalogue in its order, each with its specs by name.
func requirements(contract *spec.Contract) []requirement {
	specs := suites.List(contract)
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

func (l listing) text(out io.Writer) error {
	var b strings.Builder
	for _, r := range l.Requirements {
		fmt.Fprintf(&b, "%s  %s  %s\n", r.ID, r.Level, r.Family)
		fmt.Fprintf(&b, "    %s\n", r.Sentence)
		field(&b, "source", r.Sources)
		field(&b, "spec", r.Specs)
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%s of %s %s: %s\n", plural(len(l.Requirements), "requirement"), l.Document, l.Version, l.levels())
	_, err := io.WriteString(out, b.String())
	return err
}

// levels counts the requirements of each level, and those that no source promises.
func (l listing) levels() string {
	must, insisted := 0, 0
	for _, r := range l.Requirements {
		if r.Level == spec.Must {
			must++
		}
		if r.Insists != "" {
			insisted++
		}
	}
	return fmt.Sprintf("%d MUST (%d promised by a source, %d that we insist on), %d SHOULD", must, must-insisted, insisted, len(l.Requirements)-must)
}

// field writes a name and its values below each other.
func field(b *strings.Builder, name string, values []string) {
	for i, v := range values {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(b, "    %-10s  %s\n", name, v)
	}
}
