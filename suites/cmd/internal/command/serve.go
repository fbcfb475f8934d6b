package command

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/fixtures/variants"
	"github.com/hostup/api-conformance/suites/internal/embedded"
	"github.com/hostup/api-conformance/suites/internal/loopback"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	addr, fault, variant string
	spec, identities     string
	log, expose          bool
	command              []string // to run while serving
}

func serveCommand(w *World) *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve [flags] [-- COMMAND...]",
		Short: "serve the reference implementation, or any OpenAPI document, until interrupted",
		Long: `Serve the reference implementation, or any OpenAPI document, until interrupted.

With a command behind "--" it serves on a free port until that command ends, and ends
with its exit code. The command gets the variables below.

Standard output gets the variables that clients and "hostup-conformance run" need
to use it, HOSTUP_SAFETY=pay among them, as nothing is lost with it: on a terminal to
be pasted into another one, elsewhere as NAME=value.
The keys are public, so the server listens on loopback addresses only. --expose lets
it listen on others, as in a container, where 0.0.0.0 are the addresses of the
container. A run pays its unpaid invoice: start the server anew for another run of
everything.

With --spec it serves the operations of an OpenAPI document of version 3.0, 3.1 or
3.2 as the document says: it refuses what the document does not allow, and answers
the rest with examples or with values made from the schemas. What is posted can be
read, changed, listed and deleted again. The variables are the address and a
credential of each security scheme, CONFORMANCE_AUTH_ and its name; --identities
writes those of other identities to a file.`,
		Example: "  hostup-conformance serve --fault activity-row-amount-text -- hostup-conformance run\n  hostup-conformance serve --spec openapi.yaml --log",
		Args: func(cmd *cobra.Command, args []string) error {
			if cmd.ArgsLenAtDash() == 0 {
				return nil
			}
			return noArguments(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.command = args; len(args) > 0 && !cmd.Flags().Changed("addr") {
				o.addr = "127.0.0.1:0"
			}
			if o.spec == "" && cmd.Flags().Changed("spec") && o.fault != listed && o.variant != listed {
				return usagef("--spec is empty: give the path of an OpenAPI document")
			}
			return w.serve(o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "address to listen on, loopback without --expose; port 0 takes a free one")
	f.BoolVar(&o.expose, "expose", false, "allow an --addr that others can reach, such as 0.0.0.0:8080")
	f.StringVar(&o.fault, "fault", "", `break one requirement: id of a fault, or "list"`)
	f.StringVar(&o.variant, "variant", "", `change what the contract leaves open: id of a variant, or "list"`)
	f.StringVar(&o.spec, "spec", "", "serve this OpenAPI document instead of the reference implementation")
	f.StringVar(&o.identities, "identities", "", "with --spec: write the credentials of every identity to this YAML file")
	f.BoolVar(&o.log, "log", false, "one line for each request on standard error: method, path, status")
	complete(cmd, "fault", faultIDs)
	complete(cmd, "variant", variantIDs)
	return cmd
}

// serve lists faults and variants, or serves what the options name.
func (w *World) serve(o serveOptions) error {
	switch {
	case o.fault == listed && o.variant == listed:
		return listChanges(w.Stdout, faults.All(), variants.All())
	case o.fault == listed:
		return listChanges(w.Stdout, faults.All(), nil)
	case o.variant == listed:
		return listChanges(w.Stdout, nil, variants.All())
	case o.spec != "" && (o.fault != "" || o.variant != ""):
		return usagef("--fault and --variant change the reference server: leave them out with --spec")
	case o.spec == "" && o.identities != "":
		return usagef("--identities goes with --spec: the keys of the reference server are on standard output")
	case o.spec != "":
		return w.serveDocument(o)
	}
	return w.serveReference(o)
}

func (w *World) serveReference(o serveOptions) error {
	config, err := changed(o.fault, o.variant)
	if err != nil {
		return err
	}
	server, err := refserver.New(config)
	if err != nil {
		return err
	}
	ctx, stop := untilSignal(func() {})
	defer stop()
	listen := embedded.Listen
	if o.expose {
		listen = embedded.Expose
	}
	reference, err := listen(o.addr, server, w.logging(o)...)
	if err != nil {
		return usagef("%v", err)
	}
	w.warnExposed(o)
	w.say("reference server on %s%s", reference.URL, o.until())
	return w.untilStopped(ctx, reference, reference.Environ(), o.command)
}

// until says what ends the server.
func (o serveOptions) until() string {
	if len(o.command) > 0 {
		return " until " + o.command[0] + " ends"
	}
	return ", stop it with Ctrl-C"
}

func (w *World) logging(o serveOptions) []func(http.Handler) http.Handler {
	if !o.log {
		return nil
	}
	return []func(http.Handler) http.Handler{loopback.Log(w.Stderr)}
}

// warnExposed warns about what --expose opens.
func (w *World) warnExposed(o serveOptions) {
	if o.expose {
		w.say("warning: whoever reaches %s can use this server, its keys are public: let nobody do so but those who test, and put nothing real into it", o.addr)
	}
}

// A listening server.
type listening interface {
	Wait() error // blocks until it has stopped
	Stop() error
}

// untilStopped prints the variables that clients need at once, for those who wait for
// them, and waits for the signal; or it runs a command with them.
func (w *World) untilStopped(ctx context.Context, server listening, variables, command []string) error {
	if len(command) > 0 {
		return w.during(ctx, server, variables, command)
	}
	var text strings.Builder
	for _, line := range variables {
		fmt.Fprintln(&text, w.assignment(line))
	}
	fmt.Fprint(w.Stdout, text.String())
	stopped := make(chan error, 1)
	go func() { stopped <- server.Wait() }()
	select {
	case <-ctx.Done():
		return server.Stop()
	case err := <-stopped:
		return err
	}
}

// listed, given as a fault or variant, lists all instead of serving one.
const listed = "list"

// assignment formats a line NAME=value for standard output. Lines that are pasted from a
// terminal into a shell must be exported: a run that does not see HOSTUP_BASE_URL tests
// the embedded server, and is green.
func (w *World) assignment(line string) string {
	if _, terminal := w.terminal(w.Stdout); terminal {
		return "export " + line
	}
	return line
}
