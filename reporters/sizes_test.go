package reporters

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// manySpecs is a run of n specs; every spec meets every one of the causes, each
// with bodies as large as the recorder keeps.
func manySpecs(n, causes int) *Run {
	m := Material{Suite: Suite{"hostup-conformance", "v1"}, Target: Target{URL: "https://staging.example.test"}}
	for i := range 117 {
		m.Catalogue = append(m.Catalogue, spec.Requirement{
			ID: fmt.Sprintf("FAM%d-RULE-%03d", i/10, i), Level: spec.Must, Family: fmt.Sprintf("family%d", i/10),
			Sentence: "a sentence of the length that sentences of the catalogue have, more or less", Sources: []string{"https://developer.hostup.se/endpoints/billing/get-v2-billing-activity: response 200", "RFC 9110 section 15.4.1"},
		})
	}
	for i := range n {
		r := SpecRecord{
			Name: fmt.Sprintf("area / a container of that area / the spec number %d says what it tests in some words", i), Area: "area",
			Operation: fmt.Sprintf("GET /api/v2/operation/%d", i%8), State: StatePassed, Duration: 5 * time.Millisecond,
			Requirements: []string{m.Catalogue[i%117].ID},
			Tally:        []Tally{{Operation: fmt.Sprintf("GET /api/v2/operation/%d", i%8), Exchanges: 1, Statuses: map[int]int{200: 1}, Durations: []time.Duration{time.Duration(i) * 100 * time.Microsecond}}},
		}
		for c := range causes {
			id := fmt.Sprintf("x%d-%d", c, i)
			f := must(m.Catalogue[c].ID, fmt.Sprintf("$.member%d", c))
			f.Exchange, f.Operation = id, r.Operation
			r.State = StateFailed
			r.Findings = append(r.Findings, f)
			r.Exchanges = append(r.Exchanges, Exchange{ID: id, Operation: r.Operation, Request: Message{Line: "GET / HTTP/1.1"}, Response: &Message{Line: "HTTP/1.1 200 OK", Body: strings.Repeat("x", 8<<10), Bytes: 1 << 20, Cut: true}})
		}
		m.Specs = append(m.Specs, r)
	}
	return Build(m)
}

func TestJUnitSizes(t *testing.T) {
	for _, tt := range []struct {
		causes, most int
	}{
		{0, 1 << 20},
		{8, 6 << 20},
		{60, 12 << 20},
	} {
		var buf bytes.Buffer
		if err := WriteJUnit(&buf, manySpecs(900, tt.causes)); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d causes met by each of 900 specs: %d KiB", tt.causes, buf.Len()>>10)
		if buf.Len() > tt.most {
			t.Errorf("%d causes: %d bytes, want at most %d", tt.causes, buf.Len(), tt.most)
		}
		if tt.causes > 0 && !strings.Contains(buf.String(), "(cut: the body has 1048576 bytes)") {
			t.Error("no body says that it was cut")
		}
	}
}
