package reporters

import "io"

// A Format is a document that a result can be turned into.
type Format struct {
	Name  string // as the flag --format takes it
	File  string // usual name of the file
	About string // what it is for, in a few words
	Write func(io.Writer, *Run) error
}

// Formats lists the formats in the order in which help shows them. Each is a
// pure function of the result, so that it can be made again from report.json.
func Formats() []Format {
	return []Format{
		{"text", "summary.txt", "summary for a terminal", func(w io.Writer, run *Run) error { return WriteText(w, run, TextOptions{Width: 100}) }},
		{"html", "report.html", "one page for people", WriteHTML},
		{"json", "report.json", "the result itself, for programs and for this command", WriteJSON},
		{"junit", "junit.xml", "JUnit XML, for GitLab, Jenkins and others", WriteJUnit},
		{"markdown", "comment.md", "comment on a pull request, below 65,536 characters", func(w io.Writer, run *Run) error { return WriteMarkdown(w, run, CommentLimit) }},
		{"summary", "summary.md", "the same for the summary page of a GitHub job, below 1 MiB", func(w io.Writer, run *Run) error { return WriteMarkdown(w, run, SummaryLimit) }},
		{"github", "annotations.txt", "GitHub workflow commands, to be printed by a job", WriteGitHub},
		{"sarif", "report.sarif", "SARIF 2.1.0, for code scanning", WriteSARIF},
		{"badge", "badge.json", "endpoint JSON for a shields.io badge", WriteBadge},
	}
}

// FormatOf returns the format of that name.
func FormatOf(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
