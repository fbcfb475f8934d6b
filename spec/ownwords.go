package spec

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// diagnoses are names of members by which programs report on themselves.
var diagnoses = []string{"debug", "trace", "stack", "stacktrace", "backtrace", "exception"}

// A saying is a text of an answer and where in the body it stands.
type saying struct {
	path []string
	text string
}

// wholly reports whether all of a body is what the server itself says: the document of
// an error, or what is no JSON where JSON is promised, as a warning in front of it.
//
// Any other answer gives back what others have written: a name or a description holds
// whatever its owner put there, and a file or a page is about what it likes.
func (k *Judgement) wholly() bool {
	if k.IsError() {
		return true
	}
	_, ok := k.JSON()
	return !ok && k.IsSuccess() && len(k.ex.Response.Body) > 0 && (k.saysJSON() || k.expectsJSON())
}

// ownWords are the texts of any other answer that the server itself says all the same:
// those in members that the document does not have, by whose names programs report on
// themselves.
func (k *Judgement) ownWords() (list []saying) {
	v, ok := k.JSON()
	if !ok || !reports(v) {
		return nil
	}
	drift := k.Drift()
	eachText(v, nil, func(path []string, text string) {
		for i, name := range path {
			if diagnosis(name) && slices.Contains(drift, general(jsontext.Path(v, path[:i+1]))) {
				list = append(list, saying{slices.Clone(path), text})
				return
			}
		}
	})
	return list
}

// eachText calls f with every text of a value and its place, which f must not keep.
func eachText(v any, path []string, f func(path []string, text string)) {
	switch x := v.(type) {
	case string:
		f(path, x)
	case map[string]any:
		for name, child := range x {
			eachText(child, append(path, name), f)
		}
	case []any:
		for i, child := range x {
			eachText(child, append(path, strconv.Itoa(i)), f)
		}
	}
}

// reports reports whether a value has a member that is named as a diagnosis.
func reports(v any) bool {
	switch x := v.(type) {
	case map[string]any:
		for name, child := range x {
			if diagnosis(name) || reports(child) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(x, reports)
	}
	return false
}

func diagnosis(name string) bool {
	if len(name) < len("debug") || len(name) > len("stack_trace")+1 {
		return false
	}
	return slices.Contains(diagnoses, strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name)))
}
