// Package run runs the specs and collects what they leave behind.
//
// A [Session] is everything that a run has open: the contract, the target, the
// recording, the processes. Ginkgo builds the tree of specs, filters it and puts it
// into its order; a schedule runs them, side by side where they only read. With several
// processes a parent deals out the specs to workers, which are the same program started
// again (see package procs), and follows what they write.
//
// It also prepares and writes the files that a run leaves: the reports and the
// recording of all exchanges.
package run
