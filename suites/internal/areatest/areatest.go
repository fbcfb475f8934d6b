// Package areatest runs the specs of one area against reference servers with other rules,
// for the self-tests of that area.
package areatest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// An Area is a package of specs whose names begin with its name.
type Area struct {
	name     string
	contract func() (*spec.Contract, error)
}

// New returns the area with this name.
func New(name string) Area {
	return Area{name, sync.OnceValues(packs.Default)}
}

// Run runs the specs that the label filter selects against a reference server, whose
// rules change modifies if it is not nil, and returns the result. Errors fail the test.
func (a Area) Run(t *testing.T, change func(*refserver.Rules), safety config.Safety, filter string) *reporters.Run {
	t.Helper()
	contract, err := a.contract()
	if err != nil {
		t.Fatal(err)
	}
	rules := refserver.DefaultRules()
	if change != nil {
		change(&rules)
	}
	server, err := refserver.New(refserver.Config{Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	cfg := settings.Default()
	cfg.LabelFilter, cfg.Safety = filter, safety
	cfg.Concurrency = 1 // a server that is broken for a while is broken for the same requests each time
	result, err := suites.Run(context.Background(), cfg, suites.Options{Contract: contract, Reference: server})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Found returns the requirements of the findings that specs of the area met, sorted.
func (a Area) Found(r *reporters.Run) []string {
	var ids []string
	for _, g := range r.Findings {
		if slices.ContainsFunc(g.Specs, func(name string) bool { return strings.HasPrefix(name, a.name+" / ") }) {
			ids = append(ids, g.First.Requirement)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Specs returns the results of the area's specs.
func (a Area) Specs(r *reporters.Run) (specs []reporters.SpecResult) {
	for _, s := range r.Specs {
		if s.Area == a.name {
			specs = append(specs, s)
		}
	}
	return specs
}
