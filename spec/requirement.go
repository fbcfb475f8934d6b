package spec

// A Level says how binding a requirement is, in the words of RFC 2119.
type Level string

const (
	// Must marks what the documentation or an RFC promises, and the little that the suite
	// insists on beyond that (see Requirement.Insists). A violation makes the target
	// non-conformant.
	Must Level = "MUST"
	// Should marks what every published example follows but no page promises. A violation
	// is a warning, and fails only a strict run.
	Should Level = "SHOULD"
)

func (l Level) rank() int {
	if l == Must {
		return 0
	}
	return 1
}

// A Requirement is one rule of the contract.
type Requirement struct {
	ID         string   `yaml:"id" json:"id"`
	Level      Level    `yaml:"level" json:"level"`
	Family     string   `yaml:"family" json:"family"`
	Operations []string `yaml:"operations" json:"operations"` // operationIds, "*" for every operation, or the name of a version
	Sentence   string   `yaml:"sentence" json:"sentence"`     // lower case, no full stop: "the page after the last one is empty"
	Sources    []string `yaml:"sources" json:"sources"`       // "https://docs.example.com/pets: query parameter page", "RFC 9457 section 3.1.2"
	Rationale  string   `yaml:"rationale,omitempty" json:"rationale,omitempty"`
	Insists    string   `yaml:"insists,omitempty" json:"insists,omitempty"` // why this is a MUST although no source says so, "" where one does
}
