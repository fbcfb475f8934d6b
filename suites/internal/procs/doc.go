// Package procs runs processes of one program that work on one thing, so that
// none outlives the program that started them and the death of one is told.
//
// The processes are a tree:
//
//	parent     [Start], [Group.Tell], [Group.Wait]
//	└ keeper   [Keep]: starts the workers, says how each ended
//	  └ workers  [Join]: do the work
//
// Everything that the parent tells goes through pipes, one line each, to the
// keeper and from it to all workers. A process ends at once when its pipe does,
// so that nobody goes on when a process above is killed, whatever the system has
// instead of process groups. What a worker has to know before its first line it
// gets by the environment, and never by arguments, which other users of the
// machine can read.
//
// The keeper holds nothing and does nothing that could fail: it is there to wait
// for the workers while the parent, which has reports to write, may be busy.
package procs
