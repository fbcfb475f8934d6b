package reporters

import "fmt"

// A DocumentProblem is a fault or an omission of the tested document. It is no violation
// of the target.
type DocumentProblem struct {
	ID   string `json:"id"` // "DOC-REF-001"
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	Text string `json:"text"`
}

// Place returns "file:line", or only the file if the line is unknown.
func (p DocumentProblem) Place() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}
