package spec

import (
	"slices"
	"strings"
	"testing"
)

// Every sign has a number in the set, and a plain part says where it may occur.
func TestSigns(t *testing.T) {
	if n := len(traces) + len(internals); n > 64 {
		t.Fatalf("%d signs do not fit into a set", n)
	}
	if n := len(signs.parts); n > 256 {
		t.Fatalf("%d beginnings have no number of a byte", n)
	}
	check := func(part string, sign int) {
		for _, text := range []string{part, "x" + part + "x", strings.Repeat(part[:1], 3) + part} {
			if found := signs.in(text); !found.has(sign) {
				t.Errorf("%q does not show %q", text, part)
			}
		}
		if found := signs.in(part[:len(part)-1]); found.has(sign) && !slices.ContainsFunc(partsOf(sign), func(p string) bool {
			return p != part && strings.Contains(part[:len(part)-1], p)
		}) {
			t.Errorf("%q shows %q", part[:len(part)-1], part)
		}
	}
	for i := range len(traces) + len(internals) {
		for _, part := range partsOf(i) {
			check(part, i)
		}
	}
	if found := signs.in(`{"description":"Payment for invoice 202600001","amount":98.75,"createdAt":"2026-04-28T09:47:47.000Z"}`); found != 0 {
		t.Errorf("an usual row shows %b", found)
	}
}

func partsOf(sign int) []string {
	if sign < len(traces) {
		return []string{traces[sign].plain}
	}
	return internals[sign-len(traces)].plain
}

// Forms are compiled late, so a wrong one would show in a run only.
func TestForms(t *testing.T) {
	for _, trace := range traces {
		if trace.form != nil && trace.form() == nil {
			t.Errorf("%q has no form", trace.plain)
		}
	}
	for _, in := range internals {
		if in.form() == nil {
			t.Errorf("%q has no form", in.plain)
		}
	}
}
