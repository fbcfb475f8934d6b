// Package procs runs several processes of one program on one job, so that none outlives
// the program that started them and an early death is reported.
//
// The processes form a tree:
//
//	parent     [Start], [Group.Tell], [Group.Wait]
//	└ keeper   [Keep]: starts the workers, reports how each ended
//	  └ workers  [Join]: do the work
//
// All messages of the parent go through pipes, one line each, to the keeper and from it
// to all workers. A process ends as soon as its pipe closes, so none goes on when a
// process above it is killed, whatever the system has instead of process groups. What a
// worker must know before its first line is passed in the environment, never in
// arguments, which other users of the machine can read.
//
// The keeper holds nothing and does nothing that could fail: it waits for the workers
// while the parent, which has reports to write, may be busy.
package procs
