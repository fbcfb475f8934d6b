// Package sample holds results for the tests of the reporters: [Run] has every
// outcome and hostile strings, [Poisoned] has one string in every place that a target,
// an embedder or an environment can choose, and others are large, down, recorded or
// known to a baseline.
package sample
