//go:build !race

package proof

const deadEvery = 1 // every fault and variant
