package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/fixtures/variants"
	"github.com/hostup/api-conformance/suites"
)

func serveCommand(w *World) *cobra.Command {
	var addr, fault, variant string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "serve the reference implementation until interrupted",
		Long: `Serve the reference implementation until interrupted.

Standard output gets the variables that clients and "hostup-conformance run" need
to use it, HOSTUP_SAFETY=pay among them, as nothing is lost with it: on a terminal to
be pasted into another one, elsewhere as NAME=value.
The keys are public, so the server listens on loopback addresses only. A run pays
its unpaid invoice: start the server anew for another run of everything.`,
		Example: "  hostup-conformance serve --fault activity-row-amount-text > serve.env &\n  set -a; . ./serve.env; set +a\n  hostup-conformance run",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			switch {
			case fault == listed && variant == listed:
				return listChanges(w.Stdout, faults.All(), variants.All())
			case fault == listed:
				return listChanges(w.Stdout, faults.All(), nil)
			case variant == listed:
				return listChanges(w.Stdout, nil, variants.All())
			}
			ctx, stop := untilSignal(func() {})
			defer stop()
			config, err := changed(fault, variant)
			if err != nil {
				return err
			}
			server, err := refserver.New(config)
			if err != nil {
				return err
			}
			reference, err := suites.Listen(addr, server)
			if err != nil {
				return usagef("%v", err)
			}
			defer reference.Close()
			w.say("reference server on %s, stop it with Ctrl-C", reference.URL)
			for _, line := range reference.Environ() {
				fmt.Fprintln(w.Stdout, w.assignment(line))
			}
			stopped := make(chan error, 1)
			go func() { stopped <- reference.Wait() }()
			select {
			case <-ctx.Done():
				return nil
			case err := <-stopped:
				return err
			}
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "loopback address to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&fault, "fault", "", `break one requirement: id of a fault, or "list"`)
	cmd.Flags().StringVar(&variant, "variant", "", `change what the contract leaves open: id of a variant, or "list"`)
	complete(cmd, "fault", faultIDs)
	complete(cmd, "variant", variantIDs)
	return cmd
}

// listed, given as a fault or variant, lists all instead of serving one.
const listed = "list"

// assignment is a line NAME=value as standard output wants it. Who pastes the
// lines of a terminal into a shell needs them exported: a run that does not see
// HOSTUP_BASE_URL tests the embedded server, and is green.
func (w *World) assignment(line string) string {
	if _, terminal := w.terminal(w.Stdout); terminal {
		return "export " + line
	}
	return line
}
