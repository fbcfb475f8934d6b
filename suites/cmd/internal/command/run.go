package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/baseline"
	"github.com/hostup/api-conformance/reporters/text"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// runText is the long help text of run.
const runText = `Test the target, or the embedded reference server without --base-url.

Every setting is a flag (--request-timeout), an environment variable
(HOSTUP_REQUEST_TIMEOUT) and a key of the file of --config (request-timeout);
flags win over environment over file. Credentials come from the environment only:
HOSTUP_API_KEY, HOSTUP_READONLY_API_KEY, HOSTUP_UNSCOPED_API_KEY, HOSTUP_SESSION.
Data of the target comes from environment or file: HOSTUP_ACCOUNT_ID,
HOSTUP_FOREIGN_ACCOUNT_ID, HOSTUP_ADDON_ID, HOSTUP_INVOICE_ID,
HOSTUP_DECLINED_INVOICE_ID, HOSTUP_CARD_ID.

A target needs HOSTUP_API_KEY, or --no-key. Nothing that changes the target is sent
unless --safety says so; only the embedded server may be charged by default.

Before the first spec each operation is asked until one answers as an API does. If
none does (all fail with a server error, refuse the key, redirect, or are not there),
the run ends there, with 3, or with 1 and one finding where it is the key;
--keep-going tests such a target all the same.

With --plan nothing is sent: the requests that the run would send are listed.

The summary goes to standard output; junit.xml, report.json and report.html to
--report-dir.

Exit codes: 0 conformant or partial; 1 findings, or a gate such as --min-coverage;
2 usage, configuration (a missing key, too) or document; 3 target unreachable, or
fewer than half of the MUST requirements tested without --allow-partial; 130
interrupted.`

func runCommand(w *World) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run",
		Short: "test the target, or the embedded reference server without --base-url",
		Long:  runText,
		Args:  noTarget,
	}
	config.BindFlags(settings.Names(), cmd.Flags())
	var gate gate
	gate.bind(cmd.Flags())
	var plan plan
	plan.bind(cmd.Flags())
	var show text.Options
	cmd.Flags().BoolVar(&show.Verbose, "verbose", false, "list every cause, every spec, what was never observed and all that was made")
	cmd.Flags().BoolVar(&show.Quiet, "quiet", false, "print only the verdict, and no progress")
	complete(cmd, "safety", fixed("read-only", "write", "delete", "pay"))
	complete(cmd, "format", fixed("text", "json"))
	completeBy(cmd, "operation", operationNames)
	completeBy(cmd, "tag", tagNames)
	complete(cmd, "depth", fixed("quick", "standard", "thorough"))
	complete(cmd, "profile", profileNames)
	completeBy(cmd, "label-filter", filterLabels)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := plan.check(cmd.Flags()); err != nil {
			return err
		}
		if show.Quiet && show.Verbose {
			return usagef("--quiet and --verbose contradict each other: give one of them")
		}
		cfg, err := settings.Load(cmd.Flags(), w.Environ, "")
		if err != nil {
			return err
		}
		ctx, stop := untilSignal(w.made.tell)
		defer stop()
		if plan.wanted {
			return w.plan(ctx, cfg, gate, plan.format)
		}
		return w.run(ctx, cfg, gate, show)
	}
	return cmd
}

// run executes a run with everything around it. Errors that can be detected early come
// before anything is sent or written.
func (w *World) run(ctx context.Context, cfg config.Config, g gate, show text.Options) error {
	if err := cfg.Confirm(); err != nil {
		return err
	}
	cfg.Seed = cmp.Or(cfg.Seed, suites.NewSeed())
	var processes *suites.Processes
	if cfg.Procs > 1 && w.Executable != "" {
		var err error
		if processes, err = suites.StartProcesses(cfg, w.Executable, w.version()); err != nil {
			return err
		}
		defer processes.Close()
	}
	contract, known, undo, err := prepare(cfg, g)
	if err != nil {
		return err
	}
	if cfg, contract, err = cfg.For(contract); err != nil {
		return err
	}
	if err := suites.PrepareRecording(cfg.HAR); err != nil {
		return err
	}
	opt := suites.Options{Contract: contract, Version: w.version(), Executable: w.Executable, Processes: processes}
	opt.OnCreated, opt.OnReached = w.made.note, func(onlyReads bool) { w.announce(cfg, onlyReads) }
	opt.OnNotice = func(text string) { w.say("notice: %s", text) }
	done := func(*reporters.Run) {}
	if !show.Quiet {
		done = w.progress(ctx, cfg, &opt, known)
	}
	run, err := suites.Run(ctx, cfg, opt)
	if run == nil {
		done(nil)
		undo() // the directory was made for nothing
		return err
	}
	run = g.apply(run, known)
	done(run)
	terminal := w.textOptions()
	show.Color, show.Width = terminal.Color, terminal.Width
	summary := func(out io.Writer, run *reporters.Run) error { return text.Write(out, run, show) }
	if err := w.deliver(run, cfg.ReportDir, summary); err != nil {
		return err
	}
	if !show.Quiet {
		w.say("%s", next(run, cfg.ReportDir))
	}
	e := (*config.Error)(nil)
	if (errors.As(err, &e) || errors.Is(err, suites.ErrProcess)) && run.Verdict == reporters.NonConformant {
		w.say("%v", err) // the exit code reports the findings
	}
	if err := g.judge(run, err); err != nil {
		return err
	}
	if why := run.TooLittle(); why != "" {
		return &exitError{exitNothing, why}
	}
	return nil
}

// announce says, once the target has responded, what the run may change there.
func (w *World) announce(cfg config.Config, onlyReads bool) {
	for _, notice := range cfg.Notices() {
		w.say("notice: %s", notice)
	}
	if may := cfg.MayMake(); may != "" && !onlyReads {
		w.say("%s", may)
	}
}

// deliver writes the reports to a directory and the summary to standard output, which is
// all that is left of a run whose reports cannot be written.
func (w *World) deliver(run *reporters.Run, dir string, summary func(io.Writer, *reporters.Run) error) error {
	unwritten := suites.WriteReports(dir, run)
	err := summary(w.Stdout, run)
	switch {
	case unwritten != nil:
		return usagef("%v", unwritten)
	case err != nil:
		return usagef("cannot write the summary: %v: the reports are written to %s", bare(err), dir)
	}
	return nil
}

// prepare reads the document and the baseline and creates the report directory, so that
// unusable ones are refused at the start. undo is that of [suites.PrepareReports].
func prepare(cfg config.Config, g gate) (contract *spec.Contract, known *baseline.List, undo func(), err error) {
	if contract, err = load(cfg); err != nil {
		return nil, nil, nil, usagef("%v", err)
	}
	if known, err = g.open(); err != nil {
		return nil, nil, nil, err
	}
	if undo, err = suites.PrepareReports(cfg.ReportDir); err != nil {
		return nil, nil, nil, usagef("%v", err)
	}
	return contract, known, undo, nil
}

// next says where to find more: the HTML report and, with a finding, the command that
// explains its rule.
func next(run *reporters.Run, dir string) string {
	s := "requests and responses: " + filepath.Join(dir, "report.html")
	for _, g := range run.Findings {
		if g.Fails && g.Known == nil {
			return s + "; where a rule comes from: hostup-conformance explain " + g.First.Requirement
		}
	}
	return s
}

func load(cfg config.Config) (*spec.Contract, error) { return suites.Load(context.Background(), cfg) }

// verdict turns a result into an exit code.
func verdict(run *reporters.Run, err error) error {
	switch {
	case run.Interrupted:
		return &exitError{exitInterrupted, "interrupted: the result covers what was tested until then"}
	case run.Down():
		return &exitError{exitNothing, run.Target.Outage.Text}
	case run.Verdict == reporters.NonConformant:
		return &exitError{code: exitFindings} // the summary says it all
	}
	return err // nothing was tested, or the file of exchanges cannot be written
}

// progress reports to standard error until done is called with the result.
// Specs that an interruption skips are not done.
func (w *World) progress(ctx context.Context, cfg config.Config, opt *suites.Options, known *baseline.List) (done func(*reporters.Run)) {
	var p *text.Progress
	width, terminal := w.terminal(w.Stderr)
	opt.OnTotal = func(total int) {
		w.makeRoom()
		target := cmp.Or(cfg.BaseURL, "the embedded reference server")
		w.say("testing %s, safety %v, seed %d, %s", target, cfg.Safety, cfg.Seed, plural(total, "spec"))
		p = text.NewProgress(w.Stderr, text.ProgressOptions{Total: total, Terminal: terminal, Width: width, Every: max(50, total/5)})
	}
	opt.OnStart = func(name string) { p.Start(name) }
	opt.OnDone = func(name string, o reporters.Outcome) {
		if ctx.Err() == nil {
			p.Done(name, o)
		}
	}
	if known != nil {
		opt.Known = func(signature string) bool { return known.Excuses(signature, time.Now()) }
	}
	return func(run *reporters.Run) {
		if p != nil {
			p.Close(run)
		}
	}
}

func (w *World) textOptions() text.Options {
	width, terminal := w.terminal(w.Stdout)
	return text.Options{Color: terminal && w.variable("NO_COLOR") == "", Width: width}
}

// variable returns the value of an environment variable, "" if it is not set.
func (w *World) variable(name string) string {
	for _, line := range w.Environ {
		if value, ok := strings.CutPrefix(line, name+"="); ok {
			return value
		}
	}
	return ""
}

func plural(n int, what string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", what)
	}
	return fmt.Sprintf("%d %ss", n, what)
}
