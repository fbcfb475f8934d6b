package secret

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A telling is a text that is secret by its own form, or by the element or form part
// around it.
type telling struct {
	plain string // part of every such text: regular expressions are slow on long bodies
	form  *regexp.Regexp
	name  string // "": that of the first group
	value int    // number of the group that is secret
}

var tellings = []telling{
	{"earer ", regexp.MustCompile(`\b([Bb]earer) +([A-Za-z0-9._~+/-]{12,}=*)`), "Bearer", 2},
	{"eyJ", regexp.MustCompile(`\b(eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)`), "JSON Web Token", 1}, // RFC 7519
	{"PRIVATE KEY-----", regexp.MustCompile(`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----([^-]+)`), "private key", 1},    // RFC 7468
	{"</", regexp.MustCompile(`<(?:[\w.-]+:)?([\w.-]{2,48})(?:\s[^<>]*)?>([^<>]+)</`), "", 2},
	{"form-data", regexp.MustCompile(`(?i)form-data;[^\r\n]*?\bname="?([\w.\[\]-]{2,48})"?[^\r\n]*\r?\n(?:[\w-]+:[^\r\n]*\r?\n)*\r?\n([^\r\n]+)`), "", 2}, // RFC 7578
}

// told returns the values that are secret without a member, parameter or header line:
// tokens of known forms, elements of XML, parts of a form.
func told(s string) (all []Value) {
	for _, t := range tellings {
		if !strings.Contains(s, t.plain) {
			continue
		}
		for _, m := range t.form.FindAllStringSubmatchIndex(s, -1) {
			v := Value{Start: m[2*t.value], End: m[2*t.value+1], Name: t.name}
			if v.Name == "" {
				if v.Name = s[m[2]:m[3]]; !saysSecret(v.Name, s[v.Start:v.End]) {
					continue
				}
			}
			if v.Name == "Bearer" && !random(s[v.Start:v.End]) {
				continue // a word about the scheme
			}
			if !strings.HasPrefix(s[v.Start:v.End], marker) {
				all = append(all, v)
			}
		}
	}
	return all
}

// marker begins the replacement of a redacted value.
const marker = "‹redacted"

// disjoint sorts locations by their start; of overlapping ones it keeps the first.
func disjoint(all []Value) []Value {
	slices.SortStableFunc(all, func(a, b Value) int { return cmp.Compare(a.Start, b.Start) })
	end := 0
	return slices.DeleteFunc(all, func(v Value) bool {
		if v.Start < end {
			return true
		}
		end = v.End
		return false
	})
}
