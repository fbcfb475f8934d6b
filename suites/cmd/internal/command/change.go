package command

import (
	"github.com/hostup/api-conformance/fixtures/refserver"
)

// A change is a named change of the reference server.
type change struct {
	name  string
	apply func(*refserver.Config)
}

// faults break one requirement each, variants none.
var faults, variants []change

// changed is the configuration of a reference server with a fault and a variant,
// each "" for none.
func changed(fault, variant string) (refserver.Config, error) {
	var config refserver.Config
	if err := apply(&config, "fault", fault, faults); err != nil {
		return config, err
	}
	return config, apply(&config, "variant", variant, variants)
}

func apply(config *refserver.Config, kind, name string, all []change) error {
	if name == "" {
		return nil
	}
	var known []string
	for _, c := range all {
		if c.name == name {
			c.apply(config)
			return nil
		}
		known = append(known, c.name)
	}
	if len(known) == 0 {
		return usagef("there is no %s %q: this version has none", kind, name)
	}
	return usagef("there is no %s %q: did you mean %s?", kind, name, closest(name, known))
}
