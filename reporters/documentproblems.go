package reporters

import "fmt"

// A DocumentProblem is something that is wrong with the document that was tested, or
// that it leaves out. It is no violation of the target.
type DocumentProblem struct {
	ID   string `json:"id"` // "DOC-REF-001"
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	Text string `json:"text"`
}

// Place is "file:line", the file alone where no line is known.
func (p DocumentProblem) Place() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}
