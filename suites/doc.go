// Package suites puts the specs together and runs them: the facade of everything below.
//
// [Run] is a whole run in this process: it loads the contract, starts the
// embedded reference server when the configuration names no target, looks for
// valid input, runs every spec that the filter selects, and returns the result
// as data. It prints nothing and leaves files alone, so that a command, a test
// and a benchmark can use it alike, any number of times in one process:
//
//	cfg, err := settings.Load(nil, os.Environ(), "")
//	…
//	run, err := suites.Run(ctx, cfg, suites.Options{})
//
// To have a run take part in your own Ginkgo suite, call [Setup] in it instead. In tests
// run go test with -count=1: Go answers from its cache otherwise, whatever has become of
// the target since. [config.Load] keeps the result out of it as far as it can.
//
// # Rooms
//
// Package config holds what the user set, client sends, redact hides secrets, env is the
// state of a run, request builds requests, and rule is what specs are written with. The
// areas, each in a folder of its own below generic or below a pack, declare specs in a
// function Register and nothing at package level, so that a tree can be built for any
// configuration and as often as needed. Below internal, run runs the tree, plan says
// what a run would send, recorded judges recorded traffic, embedded is the target that
// the suite brings along, shipped names the packs, and result is what all of them end in.
package suites
