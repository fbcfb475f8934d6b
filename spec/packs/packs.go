// Package packs is the only place where packs are registered. Generic code gets its
// contracts from here.
package packs

import (
	"fmt"
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/hostup"
)

// all returns the packs; the first is the contract of a run that names no document.
var all = sync.OnceValue(func() []*spec.Pack { return []*spec.Pack{hostup.Pack()} })

// Default returns the built-in contract, loaded anew. An error is a bug of this
// repository.
func Default() (*spec.Contract, error) { return all()[0].Load() }

// LoadFile is [spec.LoadFile] with the packs that ship with the suite.
func LoadFile(path string, overlays ...string) (*spec.Contract, error) {
	return spec.LoadFile(all(), path, overlays...)
}

// LoadText is [spec.LoadText] with the packs that ship with the suite.
func LoadText(name string, text []byte, overlays ...string) (*spec.Contract, error) {
	return spec.LoadText(all(), name, text, overlays...)
}

// Profiles returns the profiles of all packs. The slice is shared and must not be
// modified. An error is a bug of this repository.
var Profiles = sync.OnceValues(func() (list []spec.Profile, err error) {
	for _, p := range all() {
		own, err := p.ReadProfiles()
		if err != nil {
			return nil, err
		}
		list = append(list, own...)
	}
	return list, nil
})

// ProfileNamed returns the profile with this name, the zero Profile for "". The error
// lists the known profiles.
func ProfileNamed(name string) (spec.Profile, error) {
	if name == "" {
		return spec.Profile{}, nil
	}
	list, err := Profiles()
	if err != nil {
		return spec.Profile{}, err
	}
	var names []string
	for _, p := range list {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return spec.Profile{}, fmt.Errorf("there is no profile %q: want %s", name, spec.Or(names))
}
