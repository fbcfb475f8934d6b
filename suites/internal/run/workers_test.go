package run

import (
	"testing"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
)

func TestRunIsBriefGoingByTheFirstRequests(t *testing.T) {
	const limit = 2 * time.Second
	quick := []time.Duration{90 * time.Millisecond, time.Millisecond, 2 * time.Millisecond} // the first one connects
	slow := []time.Duration{30 * time.Millisecond, 40 * time.Millisecond}
	for _, test := range []struct {
		name        string
		took        []time.Duration
		specs       int
		concurrency int
		rps         float64
		want        bool
	}{
		{"quick", quick, 1000, 16, 0, true},
		{"quick, one request at a time", quick, 1000, 1, 0, false},
		{"slow", slow, 1000, 16, 0, false},
		{"slow, with few specs", slow, 10, 16, 0, true},
		{"limited by requests per second", quick, 10, 16, 1, false},
		{"nothing was requested yet", nil, 10, 16, 0, false},
	} {
		s := NewSession(config.Config{Concurrency: test.concurrency, RPS: test.rps}, Options{Brief: limit})
		s.discovery.Tally = []reporters.Tally{{Durations: test.took}}
		if got := s.isBrief(test.specs); got != test.want {
			t.Errorf("%s: brief is %v, want %v", test.name, got, test.want)
		}
	}
}
