package config

import "testing"

func TestClosest(t *testing.T) {
	names := []string{"ACT-PAGE-001", "ACT-PAGE-003", "PAY-OK-001", "run", "gzip", "explain", "baseline"}
	for given, want := range map[string]string{
		"ACT-PAGE-033": "ACT-PAGE-003", "PAYOK-001": "PAY-OK-001", "rnu": "run", "expl": "", "explian": "explain",
		"": "", "x": "", "zz": "", "zzz": "", "frobnicate": "", "completion": "",
	} {
		if got := Closest(given, names); got != want {
			t.Errorf("closest to %q is %q, want %q", given, got, want)
		}
	}
}

func TestMeant(t *testing.T) {
	for given, want := range map[string]string{"rnu": ": did you mean run?", "frobnicate": ": want run"} {
		if got := Meant(given, []string{"run"}, ": want run"); got != want {
			t.Errorf("for %q: %q, want %q", given, got, want)
		}
	}
}
