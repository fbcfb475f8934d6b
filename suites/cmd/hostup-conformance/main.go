// Command hostup-conformance tests whether a server keeps the contract of the
// HostUp billing API, and serves a reference implementation of it.
//
//	hostup-conformance run                                  the embedded reference server
//	hostup-conformance run --base-url https://staging.example.com
//	hostup-conformance serve
//	hostup-conformance list
//	hostup-conformance explain ACT-PAGE-003
//	hostup-conformance faults
//
// The exit code is 0 for a conformant or partial verdict, 1 for findings, 2 for
// wrong usage, configuration or document, 3 for a target that cannot be reached,
// when nothing, or too little, was tested or a process of --procs was killed, and
// 130 when interrupted.
//
// Results go to standard output; progress, notices and errors to standard error.
// An error is one line:
//
//	hostup-conformance: <what was given, what to do>
package main

import (
	"os"
	"runtime/debug"

	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/cmd/internal/command"
	"github.com/hostup/api-conformance/suites/proof"
)

// What -ldflags set: the version, and the commit that it was built from with its
// date. A build without them knows what the go command wrote into it.
var version, commit, date string

// memory is what the collector of garbage tries to stay below: answers of megabytes
// leave much of it behind. A run needs half of this; one that needs more gets it.
const memory = 220 << 20

// garbage is how much may gather between two collections, in percent of what is in
// use. That is little here, and the default would collect it all the time.
const garbage = 200

func main() {
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
	os.Exit(command.Main(os.Args[1:], command.System(command.Build{Version: version, Commit: commit, Date: date})))
}
