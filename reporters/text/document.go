package text

import "github.com/hostup/api-conformance/reporters/internal/wording"

// shownProblems is the number of document problems shown.
const shownProblems = 10

// document lists the problems of the document.
func (t *text) document() {
	all := t.run.Problems
	if len(all) == 0 {
		return
	}
	t.printf("document\n")
	for _, s := range t.cap(len(all), shownProblems, func(i int) string { return wording.Problem(all[i]) }) {
		t.printf("  %s\n", s)
	}
	t.printf("\n")
}
