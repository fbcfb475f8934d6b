package spec

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pb33f/go-yaml"
)

//go:embed profiles.yaml
var profilesText []byte

// A Profile is what a kind of target can keep of the contract: the rest is left
// out, each part with its reason. The zero Profile leaves out nothing.
type Profile struct {
	Name     string    `yaml:"name" json:"name"`
	Sentence string    `yaml:"sentence" json:"sentence"` // lower case, no full stop
	LeftOut  []LeftOut `yaml:"leftOut" json:"leftOut"`
}

// A LeftOut is what a profile leaves out for one reason.
type LeftOut struct {
	Reason       string   `yaml:"reason" json:"reason"`
	Requirements []string `yaml:"requirements" json:"requirements,omitempty"` // ids
	Operations   []string `yaml:"operations" json:"operations,omitempty"`     // operationIds
}

// ProfileNamed returns the profile of that name, the zero Profile for "". The error
// names the profiles that there are.
func ProfileNamed(name string) (Profile, error) {
	if name == "" {
		return Profile{}, nil
	}
	all, err := Profiles()
	if err != nil {
		return Profile{}, err
	}
	var names []string
	for _, p := range all {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Profile{}, fmt.Errorf("there is no profile %q: want %s", name, strings.Join(names, " or "))
}

// Profiles lists the profiles. They are shared: nobody may change them. An error
// is a mistake of this repository.
var Profiles = sync.OnceValues(func() ([]Profile, error) {
	var file struct {
		Profiles []Profile `yaml:"profiles"`
	}
	if err := yaml.Unmarshal(profilesText, &file); err != nil {
		return nil, fmt.Errorf("profiles.yaml cannot be read: %w", err)
	}
	return file.Profiles, nil
})

// Reason says why a requirement (by id) or an operation (by operationId) is left
// out; "" when it is not.
func (p Profile) Reason(id string) string {
	for _, l := range p.LeftOut {
		if slices.Contains(l.Requirements, id) || slices.Contains(l.Operations, id) {
			return l.Reason
		}
	}
	return ""
}

// LabelFilter is the Ginkgo label filter that selects what is not left out, ""
// when nothing is.
func (p Profile) LabelFilter() string {
	var ids []string
	for _, l := range p.LeftOut {
		ids = slices.Concat(ids, l.Requirements, l.Operations)
	}
	if len(ids) == 0 {
		return ""
	}
	return "!(" + strings.Join(ids, " || ") + ")"
}

// Counts reports whether a finding counts in a profile: neither its requirement
// nor the operation that it names is left out. An operation that the document
// does not have is none that a finding could name.
func (c *Contract) Counts(p Profile, f Finding) bool {
	if len(p.LeftOut) == 0 {
		return true
	}
	if p.Reason(f.Requirement) != "" {
		return false
	}
	for _, o := range c.operations {
		if f.Operation == o.Name() || o.Method == "GET" && f.Operation == "HEAD "+o.Path {
			return p.Reason(o.ID) == ""
		}
	}
	return true
}
