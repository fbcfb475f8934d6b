package redact_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/hostup/api-conformance/suites/internal/targettest"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/redact"
)

// Everything that a spec returns passes through the redactor, including map keys, and is
// not modified in place.
func TestClean(t *testing.T) {
	r := targettest.Given("", "api-key", targettest.Canary).Redactor()
	const hidden = "‹redacted HOSTUP_API_KEY›"
	leaves := func(key string) reporters.SpecRecord {
		return reporters.SpecRecord{
			Name: "a / b", Requirements: []string{"A-B-001", key}, Skip: &reporters.Skip{Code: "no-data", Reason: "it says " + key}, Problem: "panicked: " + key, Duration: time.Second,
			Findings:  []spec.Finding{{Requirement: "A-B-001", Where: "$." + key, Pointer: "/" + key, Keyword: key, Want: "x", Got: key, Scope: key, Operation: "GET /" + key}},
			Exchanges: []reporters.Exchange{{ID: "x1", Request: reporters.Message{Line: key, Headers: []reporters.Header{{Name: "X-" + key, Value: key}}}, Response: &reporters.Message{Line: "HTTP/1.1 200 " + key}}},
			Tally:     []reporters.Tally{{Operation: "GET /" + key, Statuses: map[int]int{200: 1}, Durations: []time.Duration{1}}},
			Observed:  map[string]int{"GET /a property $." + key: 2},
			Drift:     []reporters.Drift{{Where: "$." + key, Count: 1}},
			Created:   []reporters.Created{{What: "order", ID: key}},
		}
	}
	before := leaves(targettest.Canary)
	if diff := cmp.Diff(leaves(hidden), redact.Clean(r, before)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(leaves(targettest.Canary), before); diff != "" {
		t.Error("what was given is changed:", diff)
	}
	counts := map[string]int{targettest.Canary: 2, url.QueryEscape(targettest.Canary): 3, "other": 1}
	if diff := cmp.Diff(map[string]int{hidden: 5, "other": 1}, redact.Clean(r, counts)); diff != "" {
		t.Error(diff)
	}
	started := time.Now()
	if got := redact.Clean(r, reporters.Material{Started: started, Notices: []string{targettest.Canary}}); !got.Started.Equal(started) || got.Notices[0] != hidden {
		t.Error(got)
	}
}

// Words of the contract are not secret, even if a key consists of them.
func TestPublicWords(t *testing.T) {
	r := targettest.Given("", "api-key", "shared-hosting-Zk3v9x").Redactor()
	r.Public(func(word string) bool { return word == "shared-hosting" || word == "api" || word == "v2" })
	for text, want := range map[string]string{
		"GET /api/v2/shared-hosting/acct_1": "GET /api/v2/shared-hosting/acct_1",
		"shared-hosting-Zk3v9x":             "‹redacted HOSTUP_API_KEY›",
		"shared-hosting-Zk3":                "‹redacted part of HOSTUP_API_KEY›",
		"hosting-Zk":                        "‹redacted part of HOSTUP_API_KEY›",
		"SHARED-HOSTING-ZK3V9X":             "‹redacted HOSTUP_API_KEY›",
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// A command uses variables for the base URL only.
func TestCurlElsewhere(t *testing.T) {
	r := targettest.Given("https://x.test", "api-key", targettest.Canary).Redactor()
	for target, want := range map[string]string{
		"https://x.test/a":        `curl -sS 'https://x.test/a' -H 'Accept: */*' -H "Authorization: Bearer $HOSTUP_API_KEY" -H 'User-Agent: u'`,
		"https://X.test:443/a":    `curl -sS 'https://X.test:443/a' -H 'Accept: */*' -H "Authorization: Bearer $HOSTUP_API_KEY" -H 'User-Agent: u'`,
		"http://x.test/a":         `curl -sS 'http://x.test/a' -H 'Accept: */*' -H 'Authorization: Bearer <redacted>' -H 'User-Agent: u'`,
		"https://x.test:8443/a":   `curl -sS 'https://x.test:8443/a' -H 'Accept: */*' -H 'Authorization: Bearer <redacted>' -H 'User-Agent: u'`,
		"https://x.test.evil/a":   `curl -sS 'https://x.test.evil/a' -H 'Accept: */*' -H 'Authorization: Bearer <redacted>' -H 'User-Agent: u'`,
		"https://x.test@evil.x/a": `curl -sS 'https://evil.x/a' -H 'Accept: */*' -H 'Authorization: Bearer <redacted>' -H 'User-Agent: u'`,
	} {
		if got := r.Curl(exchange("GET", target, nil, "Authorization", "Bearer "+targettest.Canary)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", target, got, want)
		}
	}
}
