package spec

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/jsontext"
	"github.com/hostup/api-conformance/spec/secret"
)

// showsThings reports whether an answer shows what the target keeps. An error may say
// under the name of a password what is wrong with it.
func (k *Judgement) showsThings() bool {
	return k.Documented() && k.IsSuccess() && !k.c.Unbound("LEAK-SECRET-001")
}

// checkPasswords looks for passwords, and what is made of them, in members that the
// document does not have. What it finds is never repeated in the finding.
func (k *Judgement) checkPasswords() {
	drift := k.Drift()
	if len(drift) == 0 {
		return
	}
	eachText(k.value, nil, func(path []string, text string) {
		if len(path) == 0 || !secret.Password(path[len(path)-1]) || masked(text) {
			return
		}
		for i := range path { // the member itself, or one that it is in
			if slices.Contains(drift, general(jsontext.Path(k.value, path[:i+1]))) {
				k.Report("LEAK-SECRET-001", k.InBody(path...), "secret", "no such property: the document does not have it", "a text of it")
				return
			}
		}
	})
}

// masked reports whether a text hides what it stands for, or is none.
func masked(text string) bool {
	word := strings.Trim(strings.ToLower(text), "*•●.x-_[]<>() ")
	return len(text) < 4 || slices.Contains([]string{"", "redacted", "hidden", "masked", "filtered", "removed", "secret", "null", "none", "n/a"}, word)
}
