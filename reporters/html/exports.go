package html

import (
	"regexp"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/lists"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// settable finds the variables that a reason asks to set: names in capitals with an
// underscore, so that no word of a sentence is taken for one. Only a name of such a
// form gets into lines that are copied into a shell.
var (
	settable = regexp.MustCompile(`\bset ((?:` + variable.String() + `(?:, | and | or )?)+)`)
	variable = regexp.MustCompile(`[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+`)
)

// exports lists what a shell sets for what was skipped for want of configuration,
// what most specs wait for first; "" if nothing was.
func exports(skips []wording.Skipped) string {
	var names []string
	for _, s := range skips {
		if s.Code != reporters.SkipConfiguration {
			continue
		}
		for _, m := range settable.FindAllStringSubmatch(s.Reason, -1) {
			names = append(names, variable.FindAllString(m[1], -1)...)
		}
	}
	var b strings.Builder
	for _, name := range lists.Distinct(names) {
		b.WriteString("export " + name + "=''\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}
