package spec

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v4"
)

//go:embed requirements.yaml
var requirementsText []byte

var idForm = regexp.MustCompile(`^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-[0-9]{3}$`)

// loadCatalogue reads the embedded catalogue. An error is a mistake of this
// repository: every entry needs a well-formed id of its own, a level, a family,
// operations, a sentence and a source.
func loadCatalogue() ([]Requirement, map[string]*Requirement, error) {
	var file struct {
		Requirements []Requirement `yaml:"requirements"`
	}
	if err := yaml.Unmarshal(requirementsText, &file); err != nil {
		return nil, nil, fmt.Errorf("requirements.yaml cannot be read: %w", err)
	}
	byID := map[string]*Requirement{}
	for i := range file.Requirements {
		r := &file.Requirements[i]
		switch {
		case !idForm.MatchString(r.ID):
			return nil, nil, fmt.Errorf("requirements.yaml: id %q has to look like ACT-PAGE-003", r.ID)
		case byID[r.ID] != nil:
			return nil, nil, fmt.Errorf("requirements.yaml: id %s stands twice", r.ID)
		case r.Level != Must && r.Level != Should:
			return nil, nil, fmt.Errorf("requirements.yaml: %s has level %q, want MUST or SHOULD", r.ID, r.Level)
		case r.Family == "" || r.Sentence == "" || len(r.Operations) == 0 || len(r.Sources) == 0:
			return nil, nil, fmt.Errorf("requirements.yaml: %s needs family, operations, sentence and sources", r.ID)
		}
		byID[r.ID] = r
	}
	return file.Requirements, byID, nil
}

// Requirements lists the catalogue in its order.
func (c *Contract) Requirements() []Requirement { return slices.Clone(c.catalogue) }

// Requirement returns the entry of the catalogue with that id.
func (c *Contract) Requirement(id string) (Requirement, bool) {
	r, ok := c.byID[id]
	if !ok {
		return Requirement{}, false
	}
	return *r, true
}

// AppliesTo reports whether a requirement is about the operation.
func (r Requirement) AppliesTo(o *Operation) bool {
	return slices.Contains(r.Operations, "*") || slices.Contains(r.Operations, o.Version) || slices.Contains(r.Operations, o.ID)
}
