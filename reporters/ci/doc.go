// Package ci writes reports for CI services: GitHub workflow commands ([WriteGitHub]),
// SARIF for code scanning ([WriteSARIF]), Markdown for a pull request comment or a job
// summary ([WriteComment], [WriteSummary]), and the JSON of a badge ([WriteBadge]).
//
// Each service drops the file or shows nothing above some limit. The writers stay below
// it and say what they left out.
package ci
