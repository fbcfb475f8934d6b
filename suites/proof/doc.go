// Package proof shows that the suite can fail, and that it does not fail wrongly.
//
// [Run] starts a reference server for each fault of package faults, each variant of
// package variants and a few trivial servers, and runs the suite against each. The result
// is a [Matrix]:
//
//   - a fault is killed if a finding names the requirement that it breaks, or one of its
//     declared consequences; any other failure does not count;
//   - a variant is quiet if there is no finding of level MUST, and none at all if the
//     variant is strict; otherwise there is a false alarm.
//
// A matrix with a survivor or a false alarm is a bug of the suite (or of the catalogue).
//
// # Speed
//
// A run of the whole suite takes most of a second of processor time. A fault is first
// tested by the specs of the requirement that it breaks, then by those of the operation
// that shows it, then by all except those that send strange input or exhaust a rate
// limit, then by the whole suite, until it is killed. Runs are distributed to worker
// processes: the program is started again and calls [Worker].
package proof
