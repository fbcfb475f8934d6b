package command

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/fixtures/variants"
	"github.com/hostup/api-conformance/suites/config"
)

// A change is a named change of the reference server.
type change struct {
	name  string
	apply func(*refserver.Config)
}

// faultChanges returns those that break one requirement each.
func faultChanges() (all []change) {
	for _, f := range faults.All() {
		all = append(all, change{f.ID, f.Apply})
	}
	return all
}

// variantChanges returns those that break none.
func variantChanges() (all []change) {
	for _, v := range variants.All() {
		all = append(all, change{v.ID, v.Apply})
	}
	return all
}

// changed returns the configuration of a reference server with a fault and a variant,
// each "" for none.
func changed(fault, variant string) (refserver.Config, error) {
	config := refserver.Config{Rules: refserver.DefaultRules()}
	if err := apply(&config, "fault", fault, faultChanges); err != nil {
		return config, err
	}
	return config, apply(&config, "variant", variant, variantChanges)
}

func apply(config *refserver.Config, kind, name string, catalogue func() []change) error {
	if name == "" {
		return nil
	}
	var known []string
	for _, c := range catalogue() {
		if c.name == name {
			c.apply(config)
			return nil
		}
		known = append(known, c.name)
	}
	return noChange(kind, name, known)
}

// nearShown is the number of similar names to suggest.
const nearShown = 5

// noChange returns the error for an unknown change, with similar names. There are too
// many to list all.
func noChange(kind, name string, known []string) error {
	var near []string
	for _, id := range known {
		if len(name) > 2 && strings.Contains(id, name) {
			near = append(near, id)
		}
	}
	const all = "hostup-conformance faults --list shows all"
	if len(near) == 0 {
		return usagef("there is no %s %q%s", kind, name, config.Meant(name, known, ": "+all))
	}
	more := ""
	if len(near) > nearShown {
		near, more = near[:nearShown], fmt.Sprintf(" and %d more", len(near)-nearShown)
	}
	return usagef("there is no %s %q, but %s%s: %s", kind, name, strings.Join(near, ", "), more, all)
}
