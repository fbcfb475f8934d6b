//go:build race

package proof

// deadEvery makes a sample that the race detector can bear.
const deadEvery = 25
