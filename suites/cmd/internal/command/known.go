package command

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// documentFlags name the document whose requirements a command shows. No other setting is
// needed for it.
type documentFlags struct {
	spec     string
	overlays values
}

func (f *documentFlags) bind(flags *pflag.FlagSet) {
	flags.StringVar(&f.spec, "spec", "", `OpenAPI document whose requirements to show: a file, an address, or "-" (default: the built-in one)`)
	flags.Var(&f.overlays, "overlay", "OpenAPI Overlay to apply to the document of --spec; may be given again")
}

// values are those of a flag that may be given again, shown as run shows its own.
type values []string

func (v *values) Set(s string) error { *v = append(*v, s); return nil }
func (v *values) String() string     { return strings.Join(*v, ", ") }
func (v *values) Type() string       { return "list" }

func (f documentFlags) load() (*spec.Contract, error) {
	cfg := config.Default(settings.Names())
	cfg.Spec, cfg.Overlays = f.spec, strings.Join(f.overlays, "\n")
	contract, err := suites.Load(context.Background(), cfg)
	if err != nil {
		return nil, usagef("%v", err)
	}
	return contract, nil
}

// known returns the requirements of a contract, each with the specs that test it,
// followed by those of other documents.
func known(contract *spec.Contract, specs []suites.Spec) ([]requirement, error) {
	all := requirements(contract, specs)
	general, err := spec.General()
	if err != nil {
		return nil, err
	}
	for _, r := range general {
		if !slices.ContainsFunc(all, func(q requirement) bool { return q.ID == r.ID }) {
			all = append(all, requirement{Requirement: r, Specs: []string{}, elsewhere: true})
		}
	}
	return all, nil
}
