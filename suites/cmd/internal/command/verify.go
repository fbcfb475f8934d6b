package command

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/formats"
	"github.com/hostup/api-conformance/reporters/text"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// verifySettings are the settings of run that apply to recorded traffic.
var verifySettings = []string{"base-url", "strict", "report-dir", "profile", "spec", "overlay"}

func verifyCommand(w *World) *cobra.Command {
	var format string
	var gate gate
	cmd := &cobra.Command{
		Use:   "verify FILE.har...",
		Short: "judge recorded traffic (HAR), sending nothing",
		Long: `Judge recorded traffic by the rules that one exchange can show, sending nothing.

The files are HAR, as browsers ("Save all as HAR with content"), proxies such as
mitmproxy, and run --har write them. Requests that match no operation of the
document are listed. With --base-url only requests to that origin are judged;
HOSTUP_BASE_URL is ignored.

What a recording does not have is not judged: discarded bodies, requests without a
response, responses from a cache. What recorded traffic cannot show is reported as
not tested, so the verdict is partial at best.

Exit codes are those of run: 0 nothing is violated, 1 findings, 2 a file is no
HAR, 3 nothing could be judged.`,
		Example: "  hostup-conformance verify session.har\n  hostup-conformance verify --base-url https://staging.example.com --format sarif monday.har tuesday.har",
	}
	config.BindSome(settings.Names(), cmd.Flags(), verifySettings...)
	cmd.Flags().Lookup("base-url").Usage = "judge only requests to this origin (default: to any)"
	cmd.Flags().StringVar(&format, "format", "text", "what standard output gets: "+strings.Join(formatNames(), ", "))
	gate.bind(cmd.Flags())
	complete(cmd, "format", formatNames)
	complete(cmd, "profile", profileNames)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("no file given: name a HAR file")
		}
		// The variable is the target of run: recordings may be of any.
		environ := slices.DeleteFunc(slices.Clone(w.Environ), func(line string) bool {
			return strings.HasPrefix(line, settings.Names().Variable("base-url")+"=")
		})
		cfg, err := settings.Load(cmd.Flags(), environ, "")
		if err != nil {
			return err
		}
		if !cmd.Flags().Changed("base-url") {
			cfg.BaseURL = "" // nor that of a configuration file
		}
		return w.verify(cfg, gate, format, args)
	}
	return cmd
}

func (w *World) verify(cfg config.Config, g gate, format string, files []string) error {
	write, err := w.output(format)
	if err != nil {
		return err
	}
	contract, known, undo, err := prepare(cfg, g)
	if err != nil {
		return err
	}
	run, err := suites.Verify(cfg, files, suites.Options{Contract: contract, Version: w.version()})
	if err != nil {
		undo() // the directory was made for nothing
		return err
	}
	run = g.apply(run, known)
	if err := w.deliver(run, cfg.ReportDir, write); err != nil {
		return err
	}
	return g.judge(run, nil)
}

// output returns how standard output shows a result.
func (w *World) output(format string) (func(io.Writer, *reporters.Run) error, error) {
	if format == "text" {
		return func(out io.Writer, run *reporters.Run) error {
			return text.Write(out, run, w.textOptions())
		}, nil
	}
	f, ok := formats.Named(format)
	if !ok {
		return nil, usagef("unknown format %q: want %s", format, strings.Join(formatNames(), ", "))
	}
	return f.Write, nil
}
