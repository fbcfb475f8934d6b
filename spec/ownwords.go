package spec

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// diagnoses are property names under which programs report on themselves.
var diagnoses = []string{"debug", "trace", "stack", "stacktrace", "backtrace", "exception"}

// A saying is a text in a body, with its location.
type saying struct {
	path []string
	text string
}

// wholly reports whether the whole body is the server's own words: an error document, or
// non-JSON where JSON is documented, such as a warning before it.
//
// Any other response returns what others have written: names and descriptions hold
// whatever their owner entered, and a file or page may be about anything.
func (k *Judgement) wholly() bool {
	if k.IsError() {
		return true
	}
	_, ok := k.JSON()
	return !ok && k.IsSuccess() && len(k.ex.Response.Body) > 0 && (k.saysJSON() || k.expectsJSON())
}

// ownWords returns the texts in any other response that are the server's own words
// nevertheless: those in undocumented properties whose names are diagnoses.
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

// eachText calls f with every string in a value and its location, a slice that f must not
// keep.
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

// reports reports whether a value has a property named as a diagnosis.
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
	return slices.Contains(diagnoses, strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(name, "_", ""), "-", "")))
}
