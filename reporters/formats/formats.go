package formats

import (
	"io"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/ci"
	"github.com/hostup/api-conformance/reporters/html"
	"github.com/hostup/api-conformance/reporters/junit"
	"github.com/hostup/api-conformance/reporters/text"
)

// A Format is a format that a result can be written in.
type Format struct {
	Name  string // as the flag --format takes it
	File  string // usual name of the file
	About string // what it is for, in a few words
	Write func(io.Writer, *reporters.Run) error
}

// All returns the formats in the order of the help text. Each is a pure function of the
// result, so that it can be rebuilt from report.json.
func All() []Format {
	return []Format{
		{"text", "summary.txt", "summary for a terminal", func(w io.Writer, run *reporters.Run) error { return text.Write(w, run, text.Options{Width: 100}) }},
		{"html", "report.html", "one page for people", html.Write},
		{"json", "report.json", "the result itself, for programs and for this command", reporters.WriteJSON},
		{"junit", "junit.xml", "JUnit XML, for GitLab, Jenkins and others", junit.Write},
		{"markdown", "comment.md", "comment on a pull request, below 65,536 characters", ci.WriteComment},
		{"summary", "summary.md", "the same for the summary page of a GitHub job, below 1 MiB", ci.WriteSummary},
		{"github", "annotations.txt", "GitHub workflow commands, to be printed by a job", ci.WriteGitHub},
		{"sarif", "report.sarif", "SARIF 2.1.0, for code scanning", ci.WriteSARIF},
		{"badge", "badge.json", "endpoint JSON for a shields.io badge", ci.WriteBadge},
	}
}

// Named returns the format with this name; ok is false if there is none.
func Named(name string) (Format, bool) {
	for _, f := range All() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
