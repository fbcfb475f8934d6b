// Package ci writes what the services read that run a job: workflow commands of GitHub
// ([WriteGitHub]), SARIF for code scanning ([WriteSARIF]), Markdown for a comment on a
// pull request or the summary of a job ([WriteComment], [WriteSummary]), and the JSON of a badge
// ([WriteBadge]).
//
// Each of them has a limit beyond which the service drops the file or shows nothing.
// The writers stay below it and say what they left out.
package ci
