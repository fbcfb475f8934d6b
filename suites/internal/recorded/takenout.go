package recorded

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// Tools that clean recordings leave a word, a mask or a mark where they removed
// something.

const takenOutWords = `(?:redact(?:ed)?|removed|saniti[sz]ed|masked|hidden|scrubbed|filtered|censored|anonymi[sz]ed|stripped|omitted)`

// bracketed matches one of the words in brackets or stars, alone or among others.
const bracketed = `(?i)‹(?:redacted|card ending) [^‹›]*›|[\[<({*](?:[^\[\]<>(){}*"]{0,60}[^\[\]<>(){}*"\w])?` +
	takenOutWords + `(?:[^\[\]<>(){}*"\w][^\[\]<>(){}*"]{0,60})?[\])}>*]`

var (
	// In place of a credential a word is enough, and so is any text that no credential
	// has.
	takenOutWord = regexp.MustCompile(`(?i)` + takenOutWords)
	mask         = regexp.MustCompile(`(?i)[*•●█]{3,}|…|(?:^|[\s=])(?:x{4,}|\.{3,}|-{3,})`)
	template     = regexp.MustCompile(`(?:^|[\s=])(?:<[^<>]+>|\{\{[^{}]+\}\}|\$\{[^{}]+\}|\[[^\[\]]+\]|\$[A-Z][A-Z0-9_]+|%[A-Z][A-Z0-9_]+%)$`)

	// In a response a word alone may be what the server says.
	mark      = regexp.MustCompile(bracketed)
	wholeMark = regexp.MustCompile(`(?i)^"(?:redacted|[*•●█]{3,}|x{4,})"`)
	gap       = regexp.MustCompile(bracketed + `|redacted|[*•●█]{3,}`)
)

// placeholder reports whether the value of a credential stands for a removed one.
func placeholder(value string) bool {
	return takenOutWord.MatchString(value) || mask.MatchString(value) || template.MatchString(value)
}

// brokenByCleaning reports whether a body is invalid JSON because something was removed
// from it: it is valid with a number in place of each gap.
func brokenByCleaning(body []byte) bool {
	return !json.Valid(body) && gap.Match(body) && json.Valid(gap.ReplaceAll(body, []byte("0")))
}

// ofTakenOut reports whether a finding is about a removed value.
func ofTakenOut(k *spec.Judgement, f spec.Finding) bool {
	if shows(f.Got) || shows(f.Want) {
		return true
	}
	if f.Requirement == "PROB-INSTANCE-001" && mark.MatchString(k.Exchange().Request.URL.String()) {
		return true
	}
	if !f.InBody || !slices.Contains(overMembers, f.Keyword) {
		return false
	}
	value, _ := k.JSON()
	return holdsMark(jsontext.At(value, pathOf(f.Pointer)))
}

// overMembers are the keywords that a value can violate through one of its members.
var overMembers = []string{"oneOf", "anyOf", "not", "if", "then", "else", "contains", "minContains", "maxContains", "uniqueItems"}

// shows reports whether a text of a finding contains a mark.
func shows(text string) bool { return mark.MatchString(text) || wholeMark.MatchString(text) }

// holdsMark reports whether a value, or one inside it, is a mark.
func holdsMark(value any) bool {
	switch v := value.(type) {
	case string:
		return shows(`"` + v + `"`)
	case []any:
		return slices.ContainsFunc(v, holdsMark)
	case map[string]any:
		for _, member := range v {
			if holdsMark(member) {
				return true
			}
		}
	}
	return false
}

// pathOf splits a JSON Pointer (RFC 6901) into its unescaped tokens.
func pathOf(pointer string) (path []string) {
	if pointer == "" {
		return nil
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		path = append(path, strings.NewReplacer("~1", "/", "~0", "~").Replace(token))
	}
	return path
}
