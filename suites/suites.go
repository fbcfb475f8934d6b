package suites

import (
	"context"
	"net/http"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/internal/embedded"
	"github.com/hostup/api-conformance/suites/internal/plan"
	"github.com/hostup/api-conformance/suites/internal/recorded"
	"github.com/hostup/api-conformance/suites/internal/run"
	"github.com/hostup/api-conformance/suites/internal/shipped"
)

// Options are what a run needs besides its configuration. The zero value will do.
type Options = run.Options

// Run runs the suite and returns the result. The error is
//
//   - a [*config.Error] for a setting that cannot be used,
//   - of kind [ErrDocument], [ErrUnreachable], [ErrDown] or [ErrNothingTested],
//   - of kind [ErrSuite] for a fault of this suite,
//   - of kind [ErrProcess] when a process of a run with several has died.
//
// The result is nil then, except with ErrDown, ErrProcess, with ErrNothingTested when
// every spec that was selected was skipped, and with a *config.Error about the file
// of exchanges, which is written last. Violations of the contract are no error.
//
// When ctx ends, the running spec is interrupted, those that follow are skipped,
// and the result says so.
func Run(ctx context.Context, cfg config.Config, opt Options) (*reporters.Run, error) {
	if err := plan.CheckKey(ctx, cfg, &opt); err != nil {
		return nil, err
	}
	return run.Run(ctx, cfg, opt)
}

// Plan says which requests [Run] would send, and sends none to the target. The
// errors are those of Run that can be found without a target.
func Plan(ctx context.Context, cfg config.Config, opt Options) (*reporters.Plan, error) {
	return plan.Make(ctx, cfg, opt)
}

// Verify judges recorded traffic by the rules that a recording can show: those of
// one exchange, and that request ids are unique. Nothing is sent. Of cfg it uses
// Strict, Profile and BaseURL: with one, only requests to that origin are judged.
// Of opt it uses Contract and Version.
//
// The files are HAR. The result has a spec for each operation and requirement that the
// recording puts to the test, and a skipped one for every other requirement: recorded
// traffic is never the whole contract. The error is a [*config.Error] for a file that
// cannot be read or is no HAR, or of kind [ErrNothingTested] if no request can be
// judged; the result is nil then.
func Verify(cfg config.Config, files []string, opt Options) (*reporters.Run, error) {
	return recorded.Verify(cfg, files, opt.Contract, opt.Version)
}

// A Spec is one spec of the tree, or one requirement of a spec that has a result for
// each.
type Spec = run.Spec

// List lists the specs for a contract, sorted by name. Nothing runs.
func List(contract *spec.Contract) []Spec { return run.List(contract) }

// Load reads the contract that a configuration names: the built-in one where it
// names none, else a file, standard input ("-") or an address of http or https. An
// address is asked without credentials.
func Load(ctx context.Context, cfg config.Config) (*spec.Contract, error) { return run.Load(ctx, cfg) }

// NewEnv makes what specs need, with the pack of the contract: see [env.New].
func NewEnv(contract *spec.Contract, cfg config.Config, c *client.Client, process int) *env.Env {
	return shipped.NewEnv(contract, cfg, c, process)
}

// Register declares the specs of every area. Call it once for each tree, before
// RunSpecs; nothing is sent. The env is one of [NewEnv].
func Register(e *env.Env) { shipped.Register(e) }

// Setup has a whole run take part in the caller's own Ginkgo suite. Call it where
// specs are declared at the top level, such as in a test function before RunSpecs;
// at most once for each suite.
//
//	suites.Setup(ctx, cfg, suites.Options{})
//	ginkgo.RunSpecs(t, "my API")
//
// It declares one spec for each result that [Run] would return, in one container
// named "conformance", and one for the run as a whole. Nothing is sent until Ginkgo
// gets to them. Then the run is made as the command makes it, specs side by side and
// with the same limits on what it may make and charge, the reports are written to
// cfg.ReportDir unless that is "", and the specs tell what the run has found:
//
//   - A cause fails one spec. Others that met it are skipped with "same cause as" and
//     the name of that one.
//   - A setting or a document that cannot be used, and a target that cannot be
//     reached, is down as a whole or refuses the key fail one spec, and nothing else
//     is told. A run that tested too little fails the spec for the run as a whole.
//   - A warning passes; Ginkgo shows it with -v. A skipped spec says why.
//
// With "ginkgo -p" one of the processes makes the run. Ginkgo's label filter and seed
// count beside those of cfg; its focus chooses what is told, of a run of everything.
//
// The run ends early when ctx does or Ginkgo is interrupted.
func Setup(ctx context.Context, cfg config.Config, opt Options) {
	run.Setup(ctx, cfg, opt, plan.CheckGiven)
}

// NewSeed returns a seed for a run, short enough to be typed again.
func NewSeed() int64 { return run.NewSeed() }

// A Reference is a server that listens on a loopback address.
type Reference = embedded.Reference

// Listen starts a server at an address such as "127.0.0.1:8080"; port
// 0 takes a free one. The address has to be a loopback one: the server's keys
// are public. What wraps it, such as a log, may be given.
func Listen(addr string, server embedded.Server, around ...func(http.Handler) http.Handler) (*Reference, error) {
	return embedded.Listen(addr, server, around...)
}

// Processes are those of a run with several. They get ready as soon as they are
// started, while the program reads and checks what it has to.
type Processes = run.Processes

// StartProcesses starts cfg.Procs processes of a program, which has to call
// [Worker] first thing, for a run with that configuration: its seed has to be set.
// Close ends them.
func StartProcesses(cfg config.Config, program, version string) (*Processes, error) {
	return run.StartProcesses(cfg, program, version)
}

// Worker does the work of a process of a run with several, if this process is
// one; the program then has to exit with the code. A program that sets
// Options.Executable calls it before anything else.
func Worker() (code int, ok bool) { return run.Worker() }

// PrepareReports makes the directory and removes the reports of an earlier run
// from it: a run that fails before its end must not leave somebody else's green
// report behind. The error says that the directory cannot be written. Undo removes
// the directories that were made, as far as they are empty: none that was there.
func PrepareReports(dir string) (undo func(), err error) { return run.PrepareReports(dir) }

// WriteReports writes every report of a run to a directory. Each file appears
// whole or not at all.
func WriteReports(dir string, result *reporters.Run) error { return run.WriteReports(dir, result) }

// PrepareRecording finds out whether a file can be written, and removes that of
// an earlier run: a run that fails before its end must not leave it behind as its
// own. An empty path is fine. The error is a [*config.Error].
func PrepareRecording(path string) error { return run.PrepareRecording(path) }
