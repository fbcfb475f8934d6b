// Package sample provides results for the tests of the reporters: [Run] has every outcome
// and hostile strings, [Poisoned] has one string in every field that a target, an
// embedder or an environment can set; others are large, down, recorded or known to a
// baseline.
package sample
