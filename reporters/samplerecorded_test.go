package reporters

// sampleRecorded is the sample as the judgement of recorded traffic.
func sampleRecorded() *Run {
	run := sampleRun()
	run.Target.Recording = &Recording{
		Files: []string{"monday.har", "tuesday.har"}, Origin: "https://staging.example.test", Requests: 60, Judged: 41, Repeated: 2, Bodiless: 3,
		Gaps:       []Counted{{"answered by a cache", 4}, {"no answer was recorded", 1}},
		Unmatched:  []Counted{{"GET https://staging.example.test/app.js", 9}, {"GET https://staging.example.test/" + hostile, 1}},
		Unreadable: []string{"entries[3].request.url is not an absolute URL", "entries[9] is null"},
	}
	return run
}
