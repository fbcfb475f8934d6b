package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pb33f/go-yaml"
)

// A Profile lists what a kind of target cannot provide of the contract, and why. The zero
// Profile leaves out nothing.
type Profile struct {
	Name     string    `yaml:"name" json:"name"`
	Sentence string    `yaml:"sentence" json:"sentence"` // lower case, no full stop
	LeftOut  []LeftOut `yaml:"leftOut" json:"leftOut"`
}

// A LeftOut lists what a profile excludes for one reason.
type LeftOut struct {
	Reason       string   `yaml:"reason" json:"reason"`
	Requirements []string `yaml:"requirements" json:"requirements,omitempty"` // ids
	Operations   []string `yaml:"operations" json:"operations,omitempty"`     // operationIds
}

// ReadProfiles returns the profiles of the pack. An error is a bug of this repository.
func (p *Pack) ReadProfiles() ([]Profile, error) {
	var file struct {
		Profiles []Profile `yaml:"profiles"`
	}
	if err := yaml.Unmarshal(p.Profiles.Text, &file); err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", p.Profiles.Name, err)
	}
	return file.Profiles, nil
}

// Reason returns why a requirement (by id) or an operation (by operationId) is left out;
// "" if it is not.
func (p Profile) Reason(id string) string {
	for _, l := range p.LeftOut {
		if slices.Contains(l.Requirements, id) || slices.Contains(l.Operations, id) {
			return l.Reason
		}
	}
	return ""
}

// LabelFilter returns the Ginkgo label filter that excludes what is left out, "" if
// nothing is.
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

// Counts reports whether a finding counts in a profile: neither its requirement nor its
// operation is left out. An undocumented operation cannot be left out.
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
