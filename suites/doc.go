// Package suites puts the specs together and runs them.
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
// Who has a Ginkgo suite of their own calls [Register] in it instead. In tests run
// go test with -count=1: Go answers from its cache otherwise, whatever has become of
// the target since. [config.Load] keeps the result out of it as far as it can.
//
// The folders below hold one area each. They declare specs in a function
// Register and nothing at package level, so that a tree can be built for any
// configuration and as often as needed. Package env is what specs need to reach
// the target, package rule what they are written with.
package suites
