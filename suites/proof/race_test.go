//go:build race

package proof

// deadEvery makes a sample that is small enough for the race detector.
const deadEvery = 25
