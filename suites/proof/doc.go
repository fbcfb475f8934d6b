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
// A run of the whole suite takes most of a second of computing. A fault is shown
// to the specs of the requirement that it breaks first, then to those of the
// operation that shows it, then to all but those that send strange input or
// exhaust a rate limit, then to the whole suite, until something kills it. Runs
// are spread over processes, because Ginkgo keeps its tree in package variables:
// the program is started again and calls [Worker].
package proof
