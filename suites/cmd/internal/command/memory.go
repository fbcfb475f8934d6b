package command

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
)

// makeRoom raises the soft limit of memory, if there is one, to a multiple of what is in use
// after a large document is loaded: with less, garbage is collected all the time. A limit of
// the user stays.
func (w *World) makeRoom() {
	const times = 2
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 && w.variable("GOMEMLIMIT") == "" {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		debug.SetMemoryLimit(max(limit, times*int64(live[0].Value.Uint64())))
	}
}
