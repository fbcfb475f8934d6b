package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/generic"
)

// checkCredentials refuses to test a document without a pack without any credential,
// unless the user wants that or no operation asks for one: a job whose secret is not set,
// or set by another name, must not be green.
func checkCredentials(c *spec.Contract, cfg config.Config) error {
	if cfg.NoKey {
		return nil
	}
	strange, used := strangers(c, cfg)
	for _, name := range strange {
		if meant := config.Closest(name, lacking(c, cfg)); meant != "" {
			return config.Errorf("%s is for no security scheme of the document: did you mean %s?", config.AuthPrefix+name, config.AuthPrefix+meant)
		}
	}
	if used || cfg.Credentials != "" && len(strange) == 0 { // that of another identity alone
		return nil
	}
	n, first := 0, ""
	for _, o := range c.Operations() {
		if why := generic.Lacks(c, cfg, o); why != "" {
			if n++; first == "" {
				first = why
			}
		}
	}
	if n == 0 {
		return nil
	}
	which := ""
	if len(strange) > 0 {
		which = fmt.Sprintf(" (%s is for no security scheme of the document)", config.AuthPrefix+strings.Join(strange, ", "+config.AuthPrefix))
	}
	return config.Errorf("no credential is given, which %d of %d operations need%s: %s, or test without one on purpose with --no-key", n, len(c.Operations()), which, first)
}

// strangers returns the given credentials that no security scheme asks for, by the part of
// their variable behind the prefix, and whether one does.
func strangers(c *spec.Contract, cfg config.Config) (strange []string, used bool) {
	var known []string
	for _, s := range schemes(c) {
		known = append(known, config.AuthVariable(s.Name))
	}
	for _, name := range cfg.Given() {
		variable := name
		if !strings.HasPrefix(name, config.AuthPrefix) {
			variable = config.AuthVariable(name)
		}
		if slices.Contains(known, variable) {
			used = true
			continue
		}
		strange = append(strange, strings.TrimPrefix(variable, config.AuthPrefix))
	}
	return slices.Compact(strange), used
}

// lacking returns the names of the variables of schemes without a credential, without the
// prefix.
func lacking(c *spec.Contract, cfg config.Config) (list []string) {
	for _, s := range schemes(c) {
		if s.Place() != "" && len(cfg.Lacking([]spec.SecurityScheme{s})) > 0 {
			list = append(list, strings.TrimPrefix(config.AuthVariable(s.Name), config.AuthPrefix))
		}
	}
	return list
}

// schemes returns the security schemes that operations ask for.
func schemes(c *spec.Contract) (list []spec.SecurityScheme) {
	known := map[string]bool{}
	for _, o := range c.Operations() {
		for _, all := range c.Access(o).Alternatives {
			for _, s := range all {
				if !known[s.Name] {
					known[s.Name] = true
					list = append(list, s)
				}
			}
		}
	}
	return list
}
