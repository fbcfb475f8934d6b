package sample

import (
	"github.com/hostup/api-conformance/reporters"
)

// Recorded returns [Run] as the result of judging recorded traffic.
func Recorded() *reporters.Run {
	run := Run()
	run.Target.Recording = &reporters.Recording{
		Files: []string{"monday.har", "tuesday.har"}, Origin: "https://staging.example.test", Requests: 60, Judged: 41, Repeated: 2, Bodiless: 3,
		Gaps:       []reporters.Counted{{What: "answered by a cache", Count: 4}, {What: "no response was recorded", Count: 1}},
		Unmatched:  []reporters.Counted{{What: "GET https://staging.example.test/app.js", Count: 9}, {What: "GET https://staging.example.test/" + Hostile, Count: 1}},
		Unreadable: []string{"entries[3].request.url is not an absolute URL", "entries[9] is null"},
	}
	return run
}
