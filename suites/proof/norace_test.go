//go:build !race

package proof

const deadEvery = 1 // each fault and variant
