//go:build !unix

package env

// NewSharedLedger is that of one process: there are no runs with several here.
func NewSharedLedger(cfg Config, _ string) *Ledger { return NewLedger(cfg) }
