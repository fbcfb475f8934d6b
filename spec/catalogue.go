package spec

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/spec/document"
)

var idForm = regexp.MustCompile(`^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-[0-9]{3}$`)

// loadCatalogue reads the catalogue of the pack, or that for any document. An error is a
// bug of this repository: every entry needs a unique well-formed id, a level, a family,
// operations, a sentence and a source, and every rule of the pack an entry.
func (c *Contract) loadCatalogue() (err error) {
	f := File{"generic.yaml", genericText}
	if c.pack != nil {
		f = c.pack.Catalogue
	}
	if c.catalogue, c.byID, err = readCatalogue(f.Name, f.Text); err != nil || c.pack == nil {
		return err
	}
	for _, r := range c.pack.Rules {
		switch {
		case c.byID[r.ID] == nil:
			return fmt.Errorf("%s: a rule of the pack is called %s, which is not in the catalogue", f.Name, r.ID)
		case r.Before != "" && !slices.ContainsFunc(rules(), func(other Rule) bool { return other.ID == r.Before }):
			return fmt.Errorf("%s: the rule %s stands before %s, which no rule is called", f.Name, r.ID, r.Before)
		}
	}
	return nil
}

func readCatalogue(name string, text []byte) ([]Requirement, map[string]*Requirement, error) {
	var file struct {
		Requirements []Requirement `yaml:"requirements"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read: %w", name, err)
	}
	byID := map[string]*Requirement{}
	for i := range file.Requirements {
		r := &file.Requirements[i]
		switch {
		case !idForm.MatchString(r.ID):
			return nil, nil, fmt.Errorf("%s: id %q has to look like HTTP-PAGE-003", name, r.ID)
		case byID[r.ID] != nil:
			return nil, nil, fmt.Errorf("%s: id %s stands twice", name, r.ID)
		case r.Level != Must && r.Level != Should:
			return nil, nil, fmt.Errorf("%s: %s has level %q, want MUST or SHOULD", name, r.ID, r.Level)
		case r.Family == "" || r.Sentence == "" || len(r.Operations) == 0 || len(r.Sources) == 0:
			return nil, nil, fmt.Errorf("%s: %s needs family, operations, sentence and sources", name, r.ID)
		case r.Insists != "" && r.Level != Must:
			return nil, nil, fmt.Errorf("%s: %s insists on what is no MUST", name, r.ID)
		}
		byID[r.ID] = r
	}
	return file.Requirements, byID, nil
}

// Requirements returns the catalogue in its order. Of the requirements that nothing in the
// document exercises it has those that are named: what exchanges have shown.
func (c *Contract) Requirements(shown ...string) []Requirement {
	return slices.DeleteFunc(slices.Clone(c.catalogue), func(r Requirement) bool { return c.latent[r.ID] && !slices.Contains(shown, r.ID) })
}

// General returns the catalogue for documents without a pack in its order, including
// requirements that a given document does not exercise, see narrow. An error is a bug of
// this repository.
func General() ([]Requirement, error) {
	list, _, err := readCatalogue("generic.yaml", genericText)
	return list, err
}

// Requirement returns the catalogue entry with this id.
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

// checkMarks returns an error for a requirement that the document or its overlay names
// and the catalogue does not have at that level: it would be missing from all lists of
// rules.
func (c *Contract) checkMarks() error {
	type marked struct {
		d     *document.Document
		mark  string
		level Level
	}
	all := []marked{{c.base, "x-requirement", Must}}
	for _, d := range c.overlays() {
		all = append(all, marked{d, "x-recommendation", Should})
	}
	for _, m := range all {
		var wrong error
		eachMark(m.d.Root, m.mark, func(id *document.Node) {
			r := c.byID[id.Value]
			switch {
			case wrong != nil:
			case r == nil:
				wrong = fmt.Errorf("%s:%d: %s names %s, which is not in the catalogue", m.d.Name, id.Line, m.mark, id.Value)
			case r.Level != m.level:
				wrong = fmt.Errorf("%s:%d: %s names %s, which is %s; it has to be %s", m.d.Name, id.Line, m.mark, id.Value, r.Level, m.level)
			}
		})
		if wrong != nil {
			return wrong
		}
	}
	return nil
}

// overlays returns the overlays of the contract as written.
func (c *Contract) overlays() []*document.Document {
	if c.overlay == nil {
		return nil
	}
	return c.overlay.Sources
}

// eachMark calls visit for every id in a mark of the tree.
func eachMark(n *document.Node, mark string, visit func(id *document.Node)) {
	for i, c := range n.Content {
		if n.Kind == document.Mapping && i%2 == 0 {
			continue
		}
		if n.Kind != document.Mapping || n.Content[i-1].Value != mark {
			eachMark(c, mark, visit)
			continue
		}
		if c.Kind == document.Scalar {
			visit(c)
		}
		for j := 1; c.Kind == document.Mapping && j < len(c.Content); j += 2 {
			visit(c.Content[j])
		}
	}
}
