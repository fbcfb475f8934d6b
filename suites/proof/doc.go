// Package proof shows that the suite can fail, and that it does not fail wrongly.
//
// [Run] starts a reference server for each fault of package faults, each variant
// of package variants and a few servers that understand nothing, and runs the
// suite against every one. The result is a [Matrix]:
//
//   - a fault is killed if a finding names the requirement that it breaks, or one
//     of its declared consequences; any other failure does not count;
//   - a variant is quiet if there is no finding of level MUST, and none at all if
//     the variant is strict; else there is a false alarm.
//
// A matrix with a survivor or a false alarm is a bug of the suite (or of the
// catalogue).
//
// # Speed
//
// The specs that send strange input and those that exhaust a rate limit take two
// thirds of a run. A fault is tested without them first, unless it is about
// them; only what survives is tested with everything. Runs are spread over
// processes, because Ginkgo keeps its tree in package variables: the program is
// started again and calls [Worker].
package proof
