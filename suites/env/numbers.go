package env

import (
	"fmt"
	"sync/atomic"
)

// numbers makes the ids of exchanges: "x0001", or "p2-x0001" where several processes
// share the run. It is safe for concurrent use.
type numbers struct {
	prefix string
	last   atomic.Int64
}

func (n *numbers) next() string { return fmt.Sprintf("%sx%04d", n.prefix, n.last.Add(1)) }
