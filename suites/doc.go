// Package suites assembles the specs and runs them. It is the facade of the packages
// below.
//
// [Run] executes a whole run in this process: it loads the contract, starts the embedded
// reference server when the configuration names no target, discovers valid input, runs
// every spec that the filter selects, and returns the result as data. It prints nothing
// and writes no files, so a command, a test and a benchmark can all use it, any number of
// times in one process:
//
//	cfg, err := settings.Load(nil, os.Environ(), "")
//	…
//	run, err := suites.Run(ctx, cfg, suites.Options{})
//
// To run the specs in your own Ginkgo suite, call [Setup] in it instead. Use go test
// -count=1: otherwise Go may return a cached result although the target has changed
// since. [config.Load] keeps results out of the cache as far as it can.
//
// # Packages
//
// Package config holds the user's settings, client sends requests, redact hides secrets,
// env is the state of a run, request builds requests, and rule is the API that specs are
// written with. Each area has its own package below generic or a pack and declares its
// specs in a function Register, never at package level, so that a tree can be built for
// any configuration and as often as needed. Below internal, run runs the tree, plan lists
// what a run would send, recorded judges recorded traffic, embedded starts the built-in
// target, shipped lists the packs, and result holds the outcome that all of them share.
package suites
