// Command hostup-conformance tests whether a server, by default one of the HostUp billing
// API, conforms to its contract, and serves a reference implementation.
//
//	hostup-conformance run                                  the embedded reference server
//	hostup-conformance run --base-url https://staging.example.com
//	hostup-conformance serve
//	hostup-conformance list
//	hostup-conformance explain ACT-PAGE-003
//	hostup-conformance faults
//
// The exit code is 0 for a conformant or partial verdict, 1 for findings, 2 for wrong
// usage, configuration or document, 3 if the target is unreachable or down, if nothing or
// too little was tested, or if a process of --procs was killed, and 130 if interrupted.
//
// Results go to standard output; progress, notices and errors to standard error.
// An error is one line:
//
//	hostup-conformance: <what was given, what to do>
package main

import (
	"os"
	"runtime/debug"
	"time"

	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/cmd/internal/command"
	"github.com/hostup/api-conformance/suites/proof"
)

// Set by -ldflags: the version, and the commit and date of the build. Without them a
// build uses what the go command recorded.
var version, commit, date string

// memory is the soft limit of the garbage collector in bytes: responses of megabytes
// leave much garbage. A run needs half of this; one that needs more gets it.
const memory = 250 << 20

// garbage is how much may gather between two collections, in percent of live memory. That
// is little here, about 15 MiB, so the default would collect constantly; this needs 30 MiB
// more and 5 % less processor time than 200.
const garbage = 400

// brief is how long a run must take for several processes to help.
const brief = 2 * time.Second

func main() { launch(brief) }

func launch(brief time.Duration) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	if code, ok := suites.Worker(); ok {
		os.Exit(code)
	}
	if code, ok := proof.Worker(); ok {
		os.Exit(code)
	}
	world := command.System(command.Build{Version: version, Commit: commit, Date: date})
	world.Brief = brief
	os.Exit(command.Main(os.Args[1:], world))
}
