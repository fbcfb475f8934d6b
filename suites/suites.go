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

// Options configure a run besides its configuration. The zero value works.
type Options = run.Options

// Run runs the suite and returns the result. The error is
//
//   - a [*config.Error] for a setting that cannot be used,
//   - of kind [ErrDocument], [ErrUnreachable], [ErrDown] or [ErrNothingTested],
//   - of kind [ErrSuite] for a bug of this suite,
//   - of kind [ErrProcess] when a process of a run with several has died.
//
// The result is nil then, except with ErrDown, ErrProcess, with ErrNothingTested if all
// selected specs were skipped, and with a *config.Error about the file of exchanges,
// which is written last. Violations of the contract are no error.
//
// When ctx ends, running specs are interrupted, the remaining ones are skipped, and the
// result says so.
func Run(ctx context.Context, cfg config.Config, opt Options) (*reporters.Run, error) {
	if err := plan.CheckKey(ctx, cfg, &opt); err != nil {
		return nil, err
	}
	return run.Run(ctx, cfg, opt)
}

// Plan returns the requests that [Run] would send, and sends none to the target. Its
// errors are those of Run that can be found without a target.
func Plan(ctx context.Context, cfg config.Config, opt Options) (*reporters.Plan, error) {
	return plan.Make(ctx, cfg, opt)
}

// Verify judges recorded traffic by the rules that a recording can show: those of single
// exchanges, and unique request ids. It sends nothing. Of cfg it uses Strict, Profile and
// BaseURL: if set, only requests to that origin are judged. Of opt it uses Contract and
// Version.
//
// The files are HAR. The result has a spec for each operation and requirement that the
// recording exercises, and a skipped one for every other requirement: recorded traffic
// never covers the whole contract. The error is a [*config.Error] for a file that cannot
// be read or is not HAR, or of kind [ErrNothingTested] if no request can be judged; the
// result is nil then.
func Verify(cfg config.Config, files []string, opt Options) (*reporters.Run, error) {
	return recorded.Verify(cfg, files, opt.Contract, opt.Version)
}

// A Spec is one result of the tree: a spec, or one requirement of a spec that has a
// result for each.
type Spec = run.Spec

// List returns the specs for a contract, sorted by name. It runs nothing.
func List(contract *spec.Contract) []Spec { return run.List(contract) }

// Load reads the contract that a configuration names: the built-in one if none, else a
// file, standard input ("-") or an http or https URL, which is requested without
// credentials.
func Load(ctx context.Context, cfg config.Config) (*spec.Contract, error) { return run.Load(ctx, cfg) }

// NewEnv returns an Env with the pack of the contract: see [env.New].
func NewEnv(contract *spec.Contract, cfg config.Config, c *client.Client, process int) *env.Env {
	return shipped.NewEnv(contract, cfg, c, process)
}

// Register declares the specs of every area. Call it once for each tree, before RunSpecs,
// with an Env of [NewEnv]. It sends nothing.
func Register(e *env.Env) { shipped.Register(e) }

// Setup adds a whole run to the caller's own Ginkgo suite. Call it at most once for each
// suite, where specs are declared at the top level, such as in a test function before
// RunSpecs.
//
//	suites.Setup(ctx, cfg, suites.Options{})
//	ginkgo.RunSpecs(t, "my API")
//
// It declares one spec for each result that [Run] would return, in one container named
// "conformance", and one for the run as a whole. Nothing is sent until Ginkgo reaches
// them. Then the run executes as it does in the command, with concurrent specs and the
// same limits on what it may create and charge; reports are written to cfg.ReportDir
// unless that is ""; and each declared spec reports its result:
//
//   - A cause fails one spec. Others that met it are skipped with "same cause as" and the
//     name of that one.
//   - A setting or a document that cannot be used, and a target that cannot be reached,
//     is down as a whole or refuses the key, fail one spec and are reported only there. A
//     run that tested too little fails the spec for the run as a whole.
//   - A warning passes; Ginkgo shows it with -v. A skipped spec says why.
//
// With "ginkgo -p" one of the processes executes the run. Ginkgo's label filter and seed
// count besides those of cfg; its focus only selects which results are reported.
//
// The run ends early when ctx ends or Ginkgo is interrupted.
func Setup(ctx context.Context, cfg config.Config, opt Options) {
	run.Setup(ctx, cfg, opt, plan.CheckGiven)
}

// NewSeed returns a seed for a run, short enough to be typed again.
func NewSeed() int64 { return run.NewSeed() }

// A Reference is a server that listens on a loopback address.
type Reference = embedded.Reference

// Listen starts a server at an address such as "127.0.0.1:8080"; port 0 picks a free one.
// Only loopback addresses are allowed: the server's keys are public. around wraps its
// handler, for example with a log.
func Listen(addr string, server embedded.Server, around ...func(http.Handler) http.Handler) (*Reference, error) {
	return embedded.Listen(addr, server, around...)
}

// Processes are the worker processes of a run. They initialize as soon as they are
// started, while the program reads and checks its input.
type Processes = run.Processes

// StartProcesses starts cfg.Procs processes of a program, which must call [Worker] first,
// for a run with that configuration; its seed must be set. Close ends them.
func StartProcesses(cfg config.Config, program, version string) (*Processes, error) {
	return run.StartProcesses(cfg, program, version)
}

// Worker does the work of a worker process, if this process is one (ok); the program must
// then exit with the code. A program that sets Options.Executable calls it before
// anything else.
func Worker() (code int, ok bool) { return run.Worker() }

// PrepareReports creates the directory and removes reports of earlier runs from it, so
// that a run that fails early leaves no outdated green report behind. The error says that
// the directory cannot be written. undo removes the directories that were created, as far
// as they are empty.
func PrepareReports(dir string) (undo func(), err error) { return run.PrepareReports(dir) }

// WriteReports writes every report of a run to a directory. All appear, each whole, or none
// does.
func WriteReports(dir string, result *reporters.Run) error { return run.WriteReports(dir, result) }

// PrepareRecording checks that a file can be written, and removes that of an earlier run,
// so that a run that fails early leaves no outdated one. An empty path is fine. The error
// is a [*config.Error].
func PrepareRecording(path string) error { return run.PrepareRecording(path) }
