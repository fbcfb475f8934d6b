package shipped

import (
	"slices"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/generic"
	"github.com/hostup/api-conformance/suites/hostup"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// Packs returns the packs that ship with the suite.
func Packs() []env.Pack { return []env.Pack{hostup.Pack()} }

// Names returns the names of the settings of a run, whatever document it tests.
func Names() *config.Names { return settings.Names() }

// Of returns the pack of a contract, that of [AnyDocument] if it has none.
func Of(c *spec.Contract) env.Pack {
	all := Packs()
	if i := slices.IndexFunc(all, func(p env.Pack) bool { return p.Name == c.Pack() }); i >= 0 {
		return all[i]
	}
	return AnyDocument()
}

// AnyDocument returns the pack of a foreign document: it has areas and nothing else.
func AnyDocument() env.Pack { return env.Pack{Areas: []func(*env.Env){generic.Register}} }

// Register declares the specs of every area. Call it once for each tree, before RunSpecs,
// with an Env of [NewEnv]. It sends nothing.
func Register(e *env.Env) {
	if e.Pack.Areas == nil {
		panic("suites: env.New alone knows no pack: use suites.NewEnv")
	}
	for _, area := range e.Pack.Areas {
		area(e)
	}
}

// NewEnv returns an Env with the pack of the contract: see [env.New].
func NewEnv(contract *spec.Contract, cfg config.Config, c *client.Client, process int) *env.Env {
	e := env.New(contract, cfg, c, process)
	e.Pack = Of(contract)
	return e
}
