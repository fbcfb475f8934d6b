package wording

import (
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// DocumentLine returns the line of the OpenAPI document that a finding is about: the one
// that states the rule; else, for a rule that the document cannot state, where the
// operation begins, or the one whose path is most similar. file is "" if there is none.
func DocumentLine(run *reporters.Run, f spec.Finding) (file string, at int) {
	if f.File != "" && f.Line > 0 {
		return f.File, f.Line
	}
	if at := run.Document.Lines[f.Operation]; at > 0 {
		return run.Document.Path, at
	}
	alike := 0 // segments
	for operation, begins := range run.Document.Lines {
		n := commonSegments(operation, f.Operation)
		if n > alike || n == alike && n > 0 && begins < at {
			file, at, alike = run.Document.Path, begins, n
		}
	}
	if file == "" {
		file = f.File
	}
	return file, at
}

// commonSegments returns the number of leading path segments that an operation shares
// with a request, plus one if the paths are equal; 0 if that is not more than half of
// them.
func commonSegments(a, b string) (n int) {
	_, a, _ = strings.Cut(a, " /")
	_, b, _ = strings.Cut(b, " /")
	first, second := strings.Split(a, "/"), strings.Split(b, "/")
	for n < min(len(first), len(second)) && first[n] == second[n] && first[n] != "" {
		n++
	}
	switch {
	case 2*n <= len(second):
		return 0
	case a == b:
		n++
	}
	return n
}
