package spec

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

//go:embed profiles.yaml
var profilesText []byte

// A Profile is what a kind of target can keep of the contract: the rest is left
// out, each part with its reason.
type Profile struct {
	Name     string    `yaml:"name" json:"name"`
	Sentence string    `yaml:"sentence" json:"sentence"` // lower case, no full stop
	LeftOut  []LeftOut `yaml:"leftOut" json:"leftOut"`

	places map[string]bool // operations left out, as findings name them
}

// A LeftOut is what a profile leaves out for one reason.
type LeftOut struct {
	Reason       string   `yaml:"reason" json:"reason"`
	Requirements []string `yaml:"requirements" json:"requirements,omitempty"` // ids
	Operations   []string `yaml:"operations" json:"operations,omitempty"`     // operationIds
}

// Profile returns the profile of that name.
func (c *Contract) Profile(name string) (Profile, error) {
	all, err := c.Profiles()
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

// Profiles lists the profiles. An operation that one leaves out and that the
// document does not have is no mistake: the document may be another one, see
// [LoadFile].
func (c *Contract) Profiles() ([]Profile, error) {
	all, err := loadProfiles()
	if err != nil {
		return nil, err
	}
	for i := range all {
		p := &all[i]
		p.places = map[string]bool{}
		for _, l := range p.LeftOut {
			for _, id := range l.Requirements {
				if c.byID[id] == nil {
					return nil, fmt.Errorf("profiles.yaml: %s leaves out %s, which is not in the catalogue", p.Name, id)
				}
			}
			for _, id := range l.Operations {
				if o := c.Operation(id); o != nil {
					p.places[o.Name()] = true
					if o.Method == "GET" {
						p.places["HEAD "+o.Path] = true
					}
				}
			}
		}
	}
	return all, nil
}

// loadProfiles reads the embedded profiles. An error is a mistake of this
// repository: a part left out without a reason, or twice.
func loadProfiles() ([]Profile, error) {
	var file struct {
		Profiles []Profile `yaml:"profiles"`
	}
	if err := yaml.Unmarshal(profilesText, &file); err != nil {
		return nil, fmt.Errorf("profiles.yaml cannot be read: %w", err)
	}
	for _, p := range file.Profiles {
		if p.Name == "" || p.Sentence == "" || len(p.LeftOut) == 0 {
			return nil, fmt.Errorf("profiles.yaml: profile %q needs name, sentence and leftOut", p.Name)
		}
		seen := map[string]bool{}
		for _, l := range p.LeftOut {
			if l.Reason == "" {
				return nil, fmt.Errorf("profiles.yaml: %s leaves something out without a reason", p.Name)
			}
			for _, id := range slices.Concat(l.Requirements, l.Operations) {
				if seen[id] {
					return nil, fmt.Errorf("profiles.yaml: %s leaves out %s twice", p.Name, id)
				}
				seen[id] = true
			}
		}
	}
	return file.Profiles, nil
}

// Judges reports whether a finding counts: its requirement and its operation
// are not left out. The zero Profile leaves out nothing.
func (p Profile) Judges(f Finding) bool {
	return p.Reason(f.Requirement) == "" && !p.places[f.Operation]
}

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
