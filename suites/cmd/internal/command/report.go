package command

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/diff"
	"github.com/hostup/api-conformance/reporters/formats"
	"github.com/hostup/api-conformance/reporters/html"
	"github.com/hostup/api-conformance/reporters/merge"
	"github.com/hostup/api-conformance/reporters/text"
)

func reportCommand(w *World) *cobra.Command {
	var format, against string
	var schema, verbose bool
	var gate gate
	cmd := &cobra.Command{
		Use:   "report FILE...",
		Short: "render results again: HTML, JUnit, Markdown, SARIF and others",
		Long: `Render results (report.json of earlier runs) again. Several files are merged:
shards of one run, or jobs that ran in parallel. The output goes to standard
output.

With --against the page says what changed since an earlier result: which causes are
new, which are gone, which are the same. The command diff says the same as text.

With --baseline or --min-coverage the result, merged if there are several, is
judged by them, and the exit code is that of a run; else it is 0 whatever the
result says.

Formats:
` + formatTable(),
		Example: "  hostup-conformance report reports/report.json --format html > report.html\n  hostup-conformance report a.json b.json --format summary >> \"$GITHUB_STEP_SUMMARY\"\n  hostup-conformance report reports/report.json --format html --against yesterday.json > report.html",
		RunE: func(_ *cobra.Command, args []string) error {
			if schema {
				_, err := w.Stdout.Write(reporters.Schema())
				return err
			}
			f, ok := formats.Named(format)
			if !ok {
				return usagef("unknown format %q: want %s", format, strings.Join(formatNames(), ", "))
			}
			write, err := w.writer(f, against, verbose)
			if err != nil {
				return err
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
			if err := write(w.Stdout, run); err != nil || !gate.set() {
				return err
			}
			return gate.judge(run, nil)
		},
	}
	gate.bind(cmd.Flags())
	cmd.Flags().StringVar(&format, "format", "text", "one of the formats above")
	cmd.Flags().StringVar(&against, "against", "", "an earlier report.json to compare with, for the format html")
	cmd.Flags().BoolVar(&verbose, "verbose", false, "with the format text: list every cause, every spec and the rest, as run --verbose does")
	cmd.Flags().BoolVar(&schema, "schema", false, "print the JSON schema of report.json")
	complete(cmd, "format", func() []string { return formatNames() })
	return cmd
}

// writer returns the function that writes a format, compared with an earlier result if
// there is one.
func (w *World) writer(f formats.Format, against string, verbose bool) (func(io.Writer, *reporters.Run) error, error) {
	switch {
	case verbose && f.Name != "text":
		return nil, usagef("--verbose is for --format text: the format %s has everything as it is", f.Name)
	case against == "" && f.Name == "text":
		opt := w.textOptions()
		opt.Width, opt.Verbose = cmp.Or(opt.Width, columns), verbose
		return func(out io.Writer, run *reporters.Run) error { return text.Write(out, run, opt) }, nil
	case against == "":
		return f.Write, nil
	}
	if f.Name != "html" {
		return nil, usagef("--against is for --format html: to compare in another format, run hostup-conformance diff %s NEW.json", against)
	}
	earlier, err := readRun(against)
	if err != nil {
		return nil, err
	}
	return func(w io.Writer, run *reporters.Run) error { return html.WriteAgainst(w, run, earlier) }, nil
}

// columns is the line width of the format text without a terminal.
const columns = 100

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
			d := diff.Results(old, now)
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
	merged, err := merge.Results(runs...)
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
		if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
			return nil, usagef("cannot read %s: %v", path, pe.Err)
		}
		return nil, usagef("%s is not a result: %v", path, err)
	}
	return run, nil
}

// bare returns an error without the path, which the message already has.
func bare(err error) error {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func formatTable() string {
	var b strings.Builder
	for _, f := range formats.All() {
		fmt.Fprintf(&b, "  %-10s %s\n", f.Name, f.About)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func formatNames() (names []string) {
	for _, f := range formats.All() {
		names = append(names, f.Name)
	}
	return names
}
