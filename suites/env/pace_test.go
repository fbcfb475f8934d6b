package env

import (
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
)

// A target is crowded if a request takes a fifth of the time limit, and twice as long as
// alone; it is told once.
func TestCrowded(t *testing.T) {
	const limit = 10 * time.Second
	for _, test := range []struct {
		name    string
		alone   time.Duration
		beside  time.Duration
		first   int
		crowded bool
	}{
		{"fast", 5 * time.Millisecond, 300 * time.Millisecond, 4, false},
		{"half a second each, of four the last", 500 * time.Millisecond, 2100 * time.Millisecond, 4, true},
		{"slow, and no slower beside others", 2500 * time.Millisecond, 2600 * time.Millisecond, 2, false},
		{"slow, and slower beside others", 2500 * time.Millisecond, 5100 * time.Millisecond, 2, true},
		{"as slow as may be", 9 * time.Second, 9 * time.Second, 1, false},
		{"not known alone", 0, 3 * time.Second, 4, true},
	} {
		e := &Env{Config: config.Config{RequestTimeout: limit}}
		if test.alone > 0 {
			e.pace.note(spec.Exchange{Duration: test.alone}, true, limit)
		}
		e.pace.note(spec.Exchange{Duration: limit, FailureKind: spec.FailureTimeout}, false, limit)
		if e.Crowded() {
			t.Errorf("%s: crowded by a request that nobody answered", test.name)
		}
		e.pace.note(spec.Exchange{Duration: test.beside}, false, limit)
		if first := e.AtFirst(); first != test.first {
			t.Errorf("%s: %d specs at first, want %d", test.name, first, test.first)
		}
		if crowded := e.Crowded(); crowded != test.crowded || e.Crowded() {
			t.Errorf("%s: crowded %v, want %v, once", test.name, crowded, test.crowded)
		}
	}
}
