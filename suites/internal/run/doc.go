// Package run runs the specs and collects their records.
//
// A [Session] holds everything that a run has open: the contract, the target, the
// recording, the processes. [Run] executes a whole run, [Setup] one inside a foreign
// Ginkgo suite. The tree of specs is declared, filtered and shuffled by the seed; a
// schedule runs the specs, concurrently where they only read. With several processes a
// parent distributes the specs to workers, which are the same program started again (see
// package procs), and follows what they write.
//
// The package also prepares and writes the files of a run: the reports and the recording
// of all exchanges.
package run
