package suites

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/formats"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// tool returns the path of a recording of the reference server by a real tool: Chromium
// 156 with Playwright, and mitmproxy 11 with curl. Credentials were replaced by REDACTED
// and white space was removed; nothing else was changed.
func tool(name string) string { return filepath.Join("..", "reporters", "har", "testdata", name) }

func verify(t *testing.T, cfg config.Config, files ...string) *reporters.Run {
	t.Helper()
	run, err := Verify(cfg, files, options(t))
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// signatures returns the signatures of a result's findings for some requirements.
func signatures(run *reporters.Run, of func(requirement string) bool) (list []string) {
	for _, g := range run.Findings {
		if of(g.First.Requirement) {
			list = append(list, g.Signature)
		}
	}
	slices.Sort(list)
	return list
}

func anything(string) bool { return true }

// TestVerifyTools: a conforming server conforms in any tool's recording, and a fault is
// reported as the requirement that it violates.
func TestVerifyTools(t *testing.T) {
	for _, test := range []struct {
		file      string
		findings  []string
		judged    int
		unmatched []string
	}{
		{"chromium-clean.har", nil, 15, []string{"GET /", "GET /api/v2/nowhere"}},
		{"chromium-faulty.har", []string{"ACT-ROW-002 | GET /api/v2/billing/activity | $.entries[*].amount | type"}, 15, []string{"GET /", "GET /api/v2/nowhere"}},
		{"mitmproxy-clean.har", nil, 13, []string{"GET /health", "POST /api/v2/uploads"}},
		{"mitmproxy-faulty.har", []string{"PROB-STATUS-001 | GET /api/v2/billing/cards | $.status | equal"}, 13, []string{"GET /health", "POST /api/v2/uploads"}},
	} {
		t.Run(test.file, func(t *testing.T) {
			cfg := settings.Default()
			cfg.Strict = true
			run := verify(t, cfg, tool(test.file))
			if diff := cmp.Diff(test.findings, signatures(run, anything)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			want := reporters.Partial
			if test.findings != nil {
				want = reporters.NonConformant
			}
			r := run.Target.Recording
			if run.Verdict != want || r == nil || r.Judged != test.judged || r.Requests != test.judged+len(test.unmatched) {
				t.Errorf("verdict %s, recording %+v", run.Verdict, r)
			}
			var unmatched []string
			for _, u := range r.Unmatched {
				method, address, _ := strings.Cut(u.What, " ")
				unmatched = append(unmatched, method+" "+strings.TrimPrefix(address, run.Target.URL))
			}
			if diff := cmp.Diff(test.unmatched, unmatched); diff != "" {
				t.Errorf("requests that match no operation (-want +got):\n%s", diff)
			}
			if len(run.Untested()) == 0 || run.Coverage.Percent() < 50 {
				t.Errorf("%d requirements untested, %d %% observed", len(run.Untested()), run.Coverage.Percent())
			}
		})
	}
}

// recordRun runs the specs of some requirements against a server and records the
// exchanges.
func recordRun(t *testing.T, opt Options) (*reporters.Run, string) {
	t.Helper()
	cfg := fast()
	cfg.Seed, cfg.RequestTimeout, cfg.Settle = 1, 2*time.Second, time.Second
	cfg.HAR = filepath.Join(t.TempDir(), "run.har")
	run, err := Run(t.Context(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	return run, cfg.HAR
}

// TestRecordedRun: the recording of a conforming server conforms, has every exchange, and
// no key.
func TestRecordedRun(t *testing.T) {
	opt := options(t)
	run, file := recordRun(t, opt)
	again := verify(t, settings.Default(), file)
	if len(again.Findings) > 0 || again.Verdict != reporters.Partial {
		t.Errorf("verdict %s, findings %q", again.Verdict, signatures(again, anything))
	}
	if r := again.Target.Recording; r.Judged < run.Traffic.Exchanges || r.Judged != r.Requests {
		t.Errorf("%d of %d requests judged, the run counts %d", r.Judged, r.Requests, run.Traffic.Exchanges)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"hostup-ref-key-", "hostup-ref-session-", "4111111111111111"} {
		if bytes.Contains(data, []byte(part)) {
			t.Errorf("the recording holds %s…", part)
		}
	}
	if !bytes.Contains(data, []byte("Bearer ‹redacted HOSTUP_API_KEY›")) {
		t.Error("the recording does not say which key was sent")
	}
}

// TestRecordedFaults: findings about single exchanges are found again in the recording,
// with the same signature, and no others. Rules that need several exchanges, or a
// specific request, are beyond a recording.
func TestRecordedFaults(t *testing.T) {
	for _, id := range []string{
		"activity-row-amount-text", "problem-status-unauthorized", "text-cards-v1-callback",
		"activity-amount-float-noise", "wire-length-too-long", "leak-card-last4", "leak-card-number-as-number", "leak-header-card", "leak-credential-echo",
	} {
		f, ok := faults.Find(id)
		if !ok {
			t.Errorf("there is no fault %s", id)
			continue
		}
		t.Run(id, func(t *testing.T) {
			opt := options(t)
			server, err := f.Server()
			if err != nil {
				t.Fatal(err)
			}
			opt.Reference, opt.Only, opt.LateFilterCheck = server, append([]string{f.Requirement}, f.Consequences...), true
			run, file := recordRun(t, opt)
			breaks := func(id string) bool { return id == f.Requirement }
			want, got := signatures(run, breaks), signatures(verify(t, fast(), file), breaks)
			if len(want) == 0 {
				t.Fatalf("the run does not find %s", f.Requirement)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-run +recording):\n%s", diff)
			}
		})
	}
}

const entryTemplate = `{"startedDateTime":"%s","time":3,"request":{"method":"%s","url":"%s","headers":[%s]},"response":{"status":%d,"headers":[{"name":"content-type","value":"%s"}],"content":{"text":%q}}%s}`

// harFile writes a recording by hand.
func harFile(t *testing.T, entries ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hand.har")
	if err := os.WriteFile(path, []byte(`{"log":{"entries":[`+strings.Join(entries, ",\n")+`]}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	cardsURL = "https://api.example.com/api/v2/billing/cards"
	bearer   = `{"name":"authorization","value":"Bearer key-5f2e9c1b7d"}`
)

func entry(method, url, header string, status int, body, more string) string {
	return fmt.Sprintf(entryTemplate, "2026-04-01T12:00:00.000Z", method, url, header, status, "application/json", body, more)
}

// TestVerifyGaps: gaps in a recording are reported, but are not faults.
func TestVerifyGaps(t *testing.T) {
	broken := `{"cards":[]}`
	twice := entry("GET", cardsURL, bearer, 200, `[]`, "")
	run := verify(t, settings.Default(), harFile(t,
		twice, twice,
		entry("GET", cardsURL, bearer, 200, broken, `,"_fromCache":"memory"`),
		entry("GET", cardsURL, bearer, 0, "", ""),
		entry("GET", cardsURL, bearer, 304, broken, ""),
		entry("GET", "https://api.example.com/%zz", bearer, 404, broken, ""),
		entry("GET", "https://api.example.com/robots.txt", bearer, 404, broken, ""),
		entry("GET", "https://api.example.com/robots.txt?x", bearer, 404, broken, ""),
		entry("GET", "blob:https://api.example.com/4", bearer, 200, broken, ""),
		strings.Replace(entry("GET", cardsURL, bearer, 200, "", ""), `"text":""`, `"size":900`, 1),
	))
	if len(run.Findings) > 0 {
		t.Errorf("findings: %q", signatures(run, anything))
	}
	r := run.Target.Recording
	want := &reporters.Recording{
		Files: r.Files, Requests: 10, Judged: 2, Repeated: 1, Bodiless: 1,
		Gaps: []reporters.Counted{{What: "answered by a cache", Count: 2}, {What: "no response was recorded", Count: 1}},
		Unmatched: []reporters.Counted{
			{What: "GET https://api.example.com/robots.txt", Count: 2},
			{What: "GET https://api.example.com/%25zz", Count: 1},
			{What: "what is not HTTP", Count: 1},
		},
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestVerifyOdd: only the unusual entry is skipped; it is reported with its number, and
// the rest is judged.
func TestVerifyOdd(t *testing.T) {
	good, null := entry("GET", cardsURL, bearer, 200, `[]`, ""), `null`
	pixel := strings.Replace(entry("GET", "https://cdn.example.com/x.png", "", 200, "x", ""), "https://cdn.example.com", "", 1)
	run := verify(t, settings.Default(), harFile(t, null, good, pixel))
	want := []string{"entries[0] is null", "entries[2].request.url is not an absolute URL"}
	if r := run.Target.Recording; run.Verdict != reporters.Partial || r.Judged != 1 || r.Requests != 3 || !slices.Equal(r.Unreadable, want) {
		t.Errorf("verdict %s, recording %+v", run.Verdict, r)
	}
	run = verify(t, settings.Default(), harFile(t, good), harFile(t, null))
	if got := run.Target.Recording.Unreadable; !slices.Equal(got, []string{"file2 entries[0] is null"}) {
		t.Errorf("of two files: %q", got)
	}
	if _, err := Verify(settings.Default(), []string{harFile(t, null)}, options(t)); err == nil || !strings.Contains(err.Error(), "nothing was judged: no entry can be read: entries[0] is null") {
		t.Errorf("nothing else: %v", err)
	}
	many := slices.Repeat([]string{null}, 250)
	run = verify(t, settings.Default(), harFile(t, append(many, good)...))
	if r := run.Target.Recording; len(r.Unreadable) != 100 || r.UnreadableMore != 150 {
		t.Errorf("%d are listed, %d more", len(r.Unreadable), r.UnreadableMore)
	}
}

// TestVerifyPlaceholders: a placeholder for a secret in request and response is not a
// leak; a key is one, and no report shows it.
func TestVerifyPlaceholders(t *testing.T) {
	body := `{"type":"https://developer.hostup.se/errors/x","title":"x","status":401,"detail":"no such key: KEY","code":"x","instance":"/api/v2/billing/cards","requestId":"r","timestamp":"2026-04-01T12:00:00.000Z"}`
	leak := func(id string) bool { return id == "LEAK-CREDENTIAL-001" }
	for _, key := range []string{"REDACTED", "[Filtered by policy]", "**************", "xxxxxxxxxxxx", "key-5f2e9c1b7d"} {
		header := `{"name":"authorization","value":"Bearer ` + key + `"}`
		run := verify(t, settings.Default(), harFile(t, entry("GET", cardsURL, header, 401, strings.Replace(body, "KEY", key, 1), "")))
		if got, want := len(signatures(run, leak)) > 0, strings.HasPrefix(key, "key-"); got != want {
			t.Errorf("%s: leak reported: %t, want %t", key, got, want)
		}
		var all bytes.Buffer
		for _, f := range formats.All() {
			if err := f.Write(&all, run); err != nil {
				t.Fatal(err)
			}
		}
		if strings.Contains(all.String(), "key-5f2e9c1b7d") {
			t.Errorf("a report holds the recorded key")
		}
	}
}

// TestVerifyMany: all occurrences of a cause are counted, and some are kept.
func TestVerifyMany(t *testing.T) {
	const many = 50
	var entries []string
	for i := range many {
		e := entry("GET", cardsURL, bearer, 200, `{"cards":[]}`, "")
		entries = append(entries, strings.Replace(e, "12:00:00", fmt.Sprintf("12:00:%02d", i), 1))
	}
	run := verify(t, settings.Default(), harFile(t, entries...))
	g := run.Findings[0]
	if g.Count != many || g.Exchanges != many || g.Of != many || len(g.Examples) != reporters.MaxExamples || len(run.Exchanges) != reporters.MaxExamples {
		t.Errorf("%d findings in %d of %d exchanges, examples %q, %d exchanges kept", g.Count, g.Exchanges, g.Of, g.Examples, len(run.Exchanges))
	}
}

// TestVerifyOrigins: several targets in one recording are separated on request.
func TestVerifyOrigins(t *testing.T) {
	file := harFile(t, entry("GET", cardsURL, bearer, 200, `[]`, ""), entry("GET", strings.Replace(cardsURL, "api.", "staging.", 1), bearer, 200, `{}`, ""))
	run := verify(t, settings.Default(), file)
	if run.Verdict != reporters.NonConformant || len(run.Notices) != 1 || !strings.Contains(run.Notices[0], "several origins: https://api.example.com (1), https://staging.example.com (1)") {
		t.Errorf("verdict %s, notices %q", run.Verdict, run.Notices)
	}
	cfg := settings.Default()
	cfg.BaseURL = "https://API.example.com:443"
	run = verify(t, cfg, file)
	if run.Verdict != reporters.Partial || len(run.Notices) != 0 || run.Target.Recording.Judged != 1 || len(run.Target.Recording.Unmatched) != 1 {
		t.Errorf("verdict %s, notices %q, %+v", run.Verdict, run.Notices, run.Target.Recording)
	}
}

// TestVerifyText: rules about bytes that a recorder may have lost do not count as tested.
func TestVerifyText(t *testing.T) {
	tested := func(run *reporters.Run, id string) bool {
		i := slices.IndexFunc(run.Requirements, func(q reporters.RequirementResult) bool { return q.ID == id })
		return run.Requirements[i].Outcome == reporters.Passed
	}
	text := entry("GET", cardsURL, bearer, 200, `[]`, "")
	coded := strings.Replace(text, `"text":"[]"`, `"text":"W10=","encoding":"base64"`, 1)
	for _, id := range []string{"BODY-BOM-001", "BODY-UTF8-001", "BODY-JSON-001"} {
		if got, want := tested(verify(t, settings.Default(), harFile(t, text)), id), id == "BODY-JSON-001"; got != want {
			t.Errorf("%s by text: tested %t, want %t", id, got, want)
		}
		if !tested(verify(t, settings.Default(), harFile(t, coded)), id) {
			t.Errorf("%s by bytes: not tested", id)
		}
	}
}
