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

// shownProblems is how many problems of a document the text shows.
const shownProblems = 10

// document lists what is wrong with the document.
func (t *text) document() {
	all := t.run.Problems
	if len(all) == 0 {
		return
	}
	t.printf("document\n")
	for _, s := range t.cap(len(all), shownProblems, func(i int) string {
		return fmt.Sprintf("%s  %s  %s", line(all[i].ID, placeLimit), line(all[i].Place(), placeLimit), line(all[i].Text, 300))
	}) {
		t.printf("  %s\n", s)
	}
	t.printf("\n")
}

// document lists what is wrong with the document.
func (m *markdown) document() {
	all := m.run.Problems
	if len(all) == 0 {
		return
	}
	m.printf("<details><summary>Document: %s</summary>\n\n", count(len(all), "problem"))
	for _, p := range all {
		if !m.printf("- %s %s %s\n", code(p.ID), code(p.Place()), md(p.Text)) {
			break
		}
	}
	m.must("\n</details>\n\n")
}
