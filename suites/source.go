package suites

import (
	"context"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
)

// Load reads the contract that a configuration names, the built-in one where it
// names none.
func Load(_ context.Context, cfg env.Config) (*spec.Contract, error) {
	if cfg.Spec == "" {
		return spec.Load()
	}
	var overlays []string
	for line := range strings.Lines(cfg.Overlays) {
		overlays = append(overlays, strings.TrimSpace(line))
	}
	return spec.LoadFile(cfg.Spec, overlays...)
}
