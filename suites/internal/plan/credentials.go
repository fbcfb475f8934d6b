package plan

import (
	"fmt"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/generic"
)

// checkCredentials refuses to test a document without a pack without any credential,
// unless the user wants that or no operation asks for one: a job whose secret is not set
// must not be green.
func checkCredentials(c *spec.Contract, cfg config.Config) error {
	if cfg.NoKey || cfg.Credentials != "" {
		return nil
	}
	lacking, first := 0, ""
	for _, o := range c.Operations() {
		if why := generic.Lacks(c, cfg, o); why != "" {
			if lacking++; first == "" {
				first = why
			}
		}
	}
	if lacking == 0 {
		return nil
	}
	return &config.Error{Problems: []string{fmt.Sprintf(
		"no credential is given, which %d of %d operations need: %s, or test without one on purpose with --no-key", lacking, len(c.Operations()), first)}}
}
