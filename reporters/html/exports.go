package html

import (
	"regexp"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/lists"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// settable finds the variables that a skip reason asks the user to set: upper-case names
// with an underscore, so that ordinary words do not match. Only such names get into lines
// that users copy into a shell.
var (
	settable = regexp.MustCompile(`\bset ((?:` + variable.String() + `(?:, | and | or )?)+)`)
	variable = regexp.MustCompile(`[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+`)
)

// exports returns shell lines for the variables that skipped specs need, those that most
// specs need first; "" if there are none.
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
