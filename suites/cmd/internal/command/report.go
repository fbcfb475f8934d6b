package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/reporters"
)

func reportCommand(w *World) *cobra.Command {
	var format string
	var schema bool
	var gate gate
	cmd := &cobra.Command{
		Use:   "report FILE...",
		Short: "render results again: HTML, JUnit, Markdown, SARIF and others",
		Long: `Render results (report.json of earlier runs) again. Several files are merged:
shards of one run, or jobs that ran in parallel. The output goes to standard
output.

With --baseline or --min-coverage the result, merged if there are several, is
judged by them, and the exit code is that of a run; else it is 0 whatever the
result says.

Formats:
` + formatTable(),
		Example: "  hostup-conformance report reports/report.json --format html > report.html\n  hostup-conformance report a.json b.json --format summary >> \"$GITHUB_STEP_SUMMARY\"",
		RunE: func(_ *cobra.Command, args []string) error {
			if schema {
				_, err := w.Stdout.Write(reporters.Schema())
				return err
			}
			f, ok := reporters.FormatOf(format)
			if !ok {
				return usagef("unknown format %q: want %s", format, strings.Join(formatNames(), ", "))
			}
			known, err := gate.open()
			if err != nil {
				return err
			}
			run, err := readRuns(args)
			if err != nil {
				return err
			}
			if known != nil && run.Baseline != nil {
				return usagef("a baseline was applied to the result already: give it to one of run and report")
			}
			run = gate.apply(run, known)
			if err := f.Write(w.Stdout, run); err != nil || !gate.set() {
				return err
			}
			return gate.judge(run, nil)
		},
	}
	gate.bind(cmd.Flags())
	cmd.Flags().StringVar(&format, "format", "text", "one of the formats above")
	cmd.Flags().BoolVar(&schema, "schema", false, "print the JSON schema of report.json")
	complete(cmd, "format", func() []string { return formatNames() })
	return cmd
}

func diffCommand(w *World) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "diff OLD.json NEW.json",
		Short: "compare two results: fixed, new, still failing, newly skipped, slower",
		Long: `Compare two results. The exit code is 1 if the new one has findings that fail it
and that the old one has not, or requirements whose specs could not finish any more, and
3 if its target was down.`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("%s given: want the old and the new report.json", plural(len(args), "file"))
			}
			old, err := readRun(args[0])
			if err != nil {
				return err
			}
			now, err := readRun(args[1])
			if err != nil {
				return err
			}
			d := reporters.Diff(old, now)
			switch format {
			case "text":
				err = d.WriteText(w.Stdout)
			case "markdown":
				err = d.WriteMarkdown(w.Stdout)
			case "json":
				err = d.WriteJSON(w.Stdout)
			default:
				return usagef("unknown format %q: want text, markdown or json", format)
			}
			if err == nil && d.Worse() {
				return &exitError{code: exitFindings}
			}
			if err == nil && d.NothingJudged() {
				return &exitError{exitNothing, d.New.Target.Outage.Text}
			}
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, markdown or json")
	complete(cmd, "format", fixed("text", "markdown", "json"))
	return cmd
}

// readRuns reads results and merges them.
func readRuns(paths []string) (*reporters.Run, error) {
	if len(paths) == 0 {
		return nil, usagef("no file given: name a report.json of an earlier run")
	}
	var runs []*reporters.Run
	for _, p := range paths {
		run, err := readRun(p)
		if err != nil {
			return nil, err
		}
		runs = append(runs, run)
	}
	if len(runs) == 1 {
		return runs[0], nil
	}
	merged, err := reporters.Merge(runs...)
	if err != nil {
		return nil, usagef("%v", err)
	}
	return merged, nil
}

func readRun(path string) (*reporters.Run, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usagef("cannot read %s: %v", path, bare(err))
	}
	defer f.Close()
	run, err := reporters.ReadJSON(f)
	if err != nil {
		return nil, usagef("%s is not a result: %v", path, err)
	}
	return run, nil
}

// bare is an error without the path, which the message has already.
func bare(err error) error {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func formatTable() string {
	var b strings.Builder
	for _, f := range reporters.Formats() {
		fmt.Fprintf(&b, "  %-10s %s\n", f.Name, f.About)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func formatNames() (names []string) {
	for _, f := range reporters.Formats() {
		names = append(names, f.Name)
	}
	return names
}
