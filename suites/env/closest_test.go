package env

import "testing"

func TestClosest(t *testing.T) {
	ids := []string{"ACT-PAGE-001", "ACT-PAGE-003", "PAY-OK-001"}
	for given, want := range map[string]string{"ACT-PAGE-033": "ACT-PAGE-003", "PAYOK": "PAY-OK-001", "": "PAY-OK-001"} {
		if got := Closest(given, ids); got != want {
			t.Errorf("closest to %q is %q, want %q", given, got, want)
		}
	}
}
