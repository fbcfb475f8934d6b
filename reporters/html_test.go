package reporters

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
)

// The page's texts, without styles and script, section by section.
func TestHTMLGolden(t *testing.T) {
	d := parsed(t, htmlOf(t, Apply(sampleRun(), sampleBaseline(), sampleDay)))
	var b strings.Builder
	for _, n := range d.all(func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.Dt, atom.Dd, atom.Tr, atom.Summary, atom.P, atom.Li:
			return true
		}
		return class("l")(n)
	}) {
		fmt.Fprintf(&b, "%s: %s\n", n.Data, textOf(n))
	}
	golden(t, "report.txt", []byte(b.String()))
}

func TestHTMLIsSound(t *testing.T) {
	for name, run := range map[string]*Run{"sample": sampleRun(), "empty": {Verdict: Partial}, "hostile": poisoned(hostile), "known": Apply(sampleRun(), sampleBaseline(), sampleDay), "several places": severalPlaces(200)} {
		t.Run(name, func(t *testing.T) {
			d := parsed(t, htmlOf(t, run))
			ids := map[string]bool{}
			for _, n := range d.all(func(n *html.Node) bool { return attr(n, "id") != "" }) {
				if ids[attr(n, "id")] {
					t.Errorf("the id %q stands twice", attr(n, "id"))
				}
				ids[attr(n, "id")] = true
			}
			for _, n := range d.all(func(n *html.Node) bool { return true }) {
				for _, key := range []string{"aria-labelledby", "data-copies"} {
					if v := attr(n, key); v != "" && !ids[v] {
						t.Errorf("%s %s names %q, which is not there", n.Data, key, v)
					}
				}
				if href := attr(n, "href"); n.DataAtom == atom.A && !strings.HasPrefix(href, "#") {
					t.Errorf("a link leads away: %q", href)
				} else if n.DataAtom == atom.A && !ids[strings.TrimPrefix(href, "#")] && name != "hostile" {
					t.Errorf("a link leads nowhere: %q", href)
				}
			}
			if n := len(d.all(tag(atom.H1))); n != 1 {
				t.Errorf("%d headings of level 1", n)
			}
			if len(d.all(tag(atom.Main))) != 1 || len(d.all(tag(atom.Nav))) != 1 || len(d.all(tag(atom.Header))) != 1 {
				t.Error("landmarks are missing")
			}
			for _, th := range d.all(tag(atom.Th)) {
				if attr(th, "scope") == "" {
					t.Errorf("the heading %q of a table has no scope", textOf(th))
				}
			}
		})
	}
}

// Only the style sheet and the script that the policy names are in the page.
func TestHTMLPolicy(t *testing.T) {
	d := parsed(t, htmlOf(t, poisoned(hostile)))
	var policy string
	for _, m := range d.all(tag(atom.Meta)) {
		if attr(m, "http-equiv") == "Content-Security-Policy" {
			policy = attr(m, "content")
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'; ") {
		t.Fatalf("policy %q", policy)
	}
	for _, a := range []atom.Atom{atom.Style, atom.Script} {
		all := d.all(tag(a))
		if len(all) != 1 || len(all[0].Attr) != 0 {
			t.Fatalf("%d elements %s", len(all), a)
		}
		sum := sha256.Sum256([]byte(all[0].FirstChild.Data))
		if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s of the %s: %s", want, a, policy)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Error("the policy is unsafe")
	}
}

// attacks are what a target might answer to run a script in a reader's browser.
var attacks = []string{
	`</script><script>window.injected=1</script>`,
	`<!--<script>window.injected=1</script>-->`, `--><script>window.injected=1</script>`,
	`<img src=x onerror="window.injected=1">`, `"><svg onload=window.injected=1>`, `' onmouseover='window.injected=1`,
	`javascript:window.injected=1`, `</style><script>window.injected=1</script>`, `</code></pre><script>window.injected=1</script>`,
	`</textarea></title><script>window.injected=1</script>`, `x{{.Policy}}`, "`${window.injected=1}`", `<iframe srcdoc="&lt;script&gt;parent.injected=1&lt;/script&gt;">`,
	"\u202e</span>", `&lt;script&gt;`, `<base href=//evil.example.test>`, `<meta http-equiv=refresh content=0;url=//evil.example.test>`,
}

func TestHTMLCannotBeInjected(t *testing.T) {
	count := func(d dom) map[atom.Atom]int {
		n := map[atom.Atom]int{}
		for _, e := range d.all(func(*html.Node) bool { return true }) {
			n[e.DataAtom]++
		}
		return n
	}
	want := count(parsed(t, htmlOf(t, poisoned("harmless"))))
	for _, attack := range attacks {
		text := htmlOf(t, poisoned(attack))
		d := parsed(t, text)
		if diff := cmp.Diff(want, count(d)); diff != "" {
			t.Errorf("%s changes the elements (-want +got):\n%s", attack, diff)
		}
		for _, n := range d.all(func(*html.Node) bool { return true }) {
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || (a.Key == "href" && !strings.HasPrefix(a.Val, "#")) {
					t.Errorf("%s: <%s %s=%q>", attack, n.Data, a.Key, a.Val)
				}
			}
		}
		for _, r := range text {
			if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
				t.Errorf("%s: %U got through", attack, r)
				break
			}
		}
	}
}

func TestHTMLMarksTheOffendingPlace(t *testing.T) {
	tests := []struct {
		name    string
		finding spec.Finding
		want    string
	}{
		{"a member", spec.Finding{InBody: true, Pointer: "/entries/1/amount"}, `"amount": "2"`},
		{"a missing member", spec.Finding{InBody: true, Pointer: "/entries/0/currency"}, "{"},
		{"a list", spec.Finding{InBody: true, Pointer: "/entries"}, `"entries": [`},
		{"the body", spec.Finding{InBody: true, Pointer: ""}, "{"},
		{"an escaped name", spec.Finding{InBody: true, Pointer: "/a~1b~0c"}, `"a/b~c": 1,`},
		{"a header", spec.Finding{Where: "header content-type"}, "Content-Type: text/plain"},
		{"no header", spec.Finding{Where: "header Retry-After"}, "(no header Retry-After)"},
		{"the status", spec.Finding{Where: "status"}, "HTTP/1.1 200 OK"},
		{"another exchange", spec.Finding{Where: "status", Exchange: "other"}, ""},
		{"no part", spec.Finding{Where: "pages 0 and 1"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := tt.finding
			if f.Exchange == "" {
				f.Exchange = "e"
			}
			f.Want, f.Got = "w", "g"
			e := newPageExchange(Exchange{ID: "e", Response: &Message{
				Line: "HTTP/1.1 200 OK", Headers: []Header{{"Content-Type", "text/plain"}},
				Body: `{"a/b~c":1,"entries":[{"amount":1},{"amount":"2"}]}`,
			}}, f)
			got := ""
			for i, l := range e.Response {
				if l.Bad {
					got = strings.TrimSpace(l.Text)
					if why := e.Response[i+1]; why.Text != "want w, got g" {
						t.Errorf("after it: %+v", why)
					}
				}
			}
			if got != tt.want {
				t.Errorf("marked %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPointerOf(t *testing.T) {
	for in, want := range map[string]string{
		"$": "", "$.a": "/a", "$.entries[0].amount": "/entries/0/amount", `$["a b"][2].c`: "/a b/2/c", `$.a["x/y~"]`: "/a/x~1y~0",
		"$.a and $.b": "/a", "$[": "", `$["`: "", "$x": "", "$.entries[*]": "/entries/*",
	} {
		if got := pointerOf(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestLayOut(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":[1,{"b":null}],"c":{},"d":[]}`: "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}",
		`{"a":1,"a":2}`:                      "{\n  \"a\": 1,\n  \"a\": 2\n}",
		`{"a":"x\"y","b`:                     "{\n  \"a\": \"x\\\"y\",\n  \"b",
		`{"a":12`:                            "{\n  \"a\": 12",
		`{"a" 1}`:                            "{\n  \"a\"1}",
		`<html>` + "\n" + `</html>`:          "<html>\n</html>",
		`{} trailing`:                        "{}trailing",
		"":                                   "",
		strings.Repeat("[", 50):              "",
	} {
		var b []string
		for _, l := range layOut(in) {
			b = append(b, l.text)
		}
		if got := strings.Join(b, "\n"); want != "" && got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", in, got, want)
		} else if strings.Join(strings.Fields(strings.Join(b, "")), "") != strings.ReplaceAll(strings.Join(strings.Fields(in), ""), " ", "") {
			t.Errorf("%s: tokens were changed: %v", in, b)
		}
	}
}

func FuzzLayOut(f *testing.F) {
	f.Add(`{"a":[1,{"b":null}],"c":{},"d":"\""}`)
	f.Fuzz(func(t *testing.T, body string) {
		strip := strings.NewReplacer(" ", "", "\n", "", "\r", "", "\t", "").Replace
		var b strings.Builder
		for _, l := range layOut(body) {
			b.WriteString(l.text)
		}
		if strip(b.String()) != strip(body) {
			t.Errorf("%q became %q", body, b.String())
		}
	})
}

func TestHTMLOfManyIsBounded(t *testing.T) {
	for _, tt := range []struct {
		name string
		run  *Run
		most int
	}{
		{"green", manySpecs(900, 0), 1 << 20},
		{"red", manySpecs(900, 60), 5 << 20},
		{"1,200 operations", manyOperations(1200, 0), 5 << 20},
		{"1,200 operations, all broken", manyOperations(1200, 12), 5 << 20},
	} {
		n := len(htmlOf(t, tt.run))
		t.Logf("%s: %d KiB", tt.name, n>>10)
		if n > tt.most {
			t.Errorf("%s: the page has %d bytes, want at most %d", tt.name, n, tt.most)
		}
	}
}

// TestManyFindings: a server that breaks everything leaves a page that can be
// read: the first requirements, and a fold for the others; so it is with what was made.
func TestManyFindings(t *testing.T) {
	run := sampleRun()
	for i := range 60 {
		f := findingRow()
		f.Requirement = fmt.Sprintf("ACT-ROW-%03d", i+100)
		run.Findings = append(run.Findings, FindingGroup{Signature: f.Signature(), First: f, Fails: true, Count: 1})
		run.Created = append(run.Created, Created{What: "order", ID: fmt.Sprintf("ord_x%d", i), Spec: "orders / create"})
	}
	page := parsed(t, htmlOf(t, run))
	folded, open := 0, 0
	for _, n := range page.all(class("finding")) {
		if inside(n, "more-findings") {
			folded++
		} else {
			open++
		}
	}
	if open != shownFindings || folded != 62-shownFindings {
		t.Errorf("%d findings are shown and %d folded away, want %d of 62", open, folded, shownFindings)
	}
	text := htmlOf(t, run)
	for _, want := range []string{"<summary>32 more requirements</summary>", "62 causes in 62 requirements", "<summary>All 61</summary>"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(htmlOf(t, sampleRun()), `id="more-findings"`) {
		t.Error("a page with two findings folds some away")
	}
}

// severalPlaces is the sample with one requirement violated at n more places.
func severalPlaces(n int) *Run {
	run := sampleRun()
	for i := range n {
		f := findingRow()
		f.Where, f.Pointer = fmt.Sprintf("$.entries[%d].amount", i+1), fmt.Sprintf("/entries/%d/amount", i+1)
		f.Operation = fmt.Sprintf("GET /api/v2/list%d", i)
		run.Findings = append(run.Findings, FindingGroup{Signature: f.Signature(), First: f, Fails: true, Count: 1, Examples: []string{"ex-1"}})
	}
	return run
}

// TestOneCardForOneRequirement: what is wrong in several places is one card, whose
// places are folded, named, and led to by name.
func TestOneCardForOneRequirement(t *testing.T) {
	page := parsed(t, htmlOf(t, severalPlaces(3)))
	cards := page.all(class("finding"))
	if len(cards) != 2 {
		t.Fatalf("%d cards, want one for each of 2 requirements", len(cards))
	}
	if got, want := textOf(page.all(class("head"))[0]), "failsan amount is a number4 places ACT-ROW-001 · MUST · "+activity+" and 3 more operations"; got != want {
		t.Errorf("the card says %q, want %q", got, want)
	}
	var places []string
	for _, n := range page.all(class("place")) {
		if n.DataAtom == atom.Details {
			places = append(places, attr(n, "id")+": "+textOf(n.FirstChild))
		}
	}
	want := []string{
		`finding-3: GET /api/v2/list0 -> 200 $.entries[1].amountwant number, got "98.75" (string)`,
		`finding-4: GET /api/v2/list1 -> 200 $.entries[2].amountwant number, got "98.75" (string)`,
		`finding-5: GET /api/v2/list2 -> 200 $.entries[3].amountwant number, got "98.75" (string)`,
	}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Error(diff)
	}
	for _, n := range page.all(tag(atom.A)) {
		if s := textOf(n); s == "finding" {
			t.Errorf("a link is named %q", s)
		}
	}
	links := linksTo(page, "req-ACT-ROW-001")
	if diff := cmp.Diff([]string{
		"#finding-1 " + activity + " -> 200 $.entries[0].amount", "#finding-3 GET /api/v2/list0 -> 200 $.entries[1].amount",
		"#finding-4 GET /api/v2/list1 -> 200 $.entries[2].amount", "#finding-5 GET /api/v2/list2 -> 200 $.entries[3].amount",
	}, links); diff != "" {
		t.Errorf("links of the requirement:\n%s", diff)
	}
}

// linksTo lists the links that stand in the element with an id.
func linksTo(d dom, id string) (links []string) {
	for _, n := range d.all(tag(atom.A)) {
		if inside(n, id) {
			links = append(links, strings.Join(strings.Fields(attr(n, "href")+" "+textOf(n)), " "))
		}
	}
	return links
}

// TestFirstThingsFirst: the top of the page names what fails the run, each
// requirement once, and the evidence of the first one stands before everything else.
func TestFirstThingsFirst(t *testing.T) {
	run := severalPlaces(2)
	other := findingRow()
	other.Requirement = "ACT-PAGE-003"
	run.Findings = append(run.Findings, FindingGroup{Signature: other.Signature(), First: other, Fails: true, Count: 1})
	page := htmlOf(t, run)
	var got []string
	for n := range parsed(t, page).all(class("broken"))[0].ChildNodes() {
		got = append(got, textOf(n))
	}
	if diff := cmp.Diff([]string{"an amount is a number ACT-ROW-0013 places", "the page after the last one is empty ACT-PAGE-003" + activity}, got); diff != "" {
		t.Error(diff)
	}
	for _, page := range []string{page, htmlOf(t, sampleRun())} {
		at := 0
		for _, part := range []string{"<h1>", `class="tiles"`, `id="finding-1"`, "<details open>", `class="l bad"`, `class="map"`} {
			i := strings.Index(page[at:], part)
			if i < 0 {
				t.Fatalf("%s does not come in this order", part)
			}
			at += i
		}
	}
	if strings.Index(page, `class="broken"`) > strings.Index(page, `class="tiles"`) {
		t.Error("the page does not begin with what fails the run")
	}
	if strings.Contains(htmlOf(t, sampleRun()), `class="broken"`) {
		t.Error("one requirement that fails the run is told twice")
	}
}

// TestHeadline: the first line says what happened, and to which target.
func TestHeadline(t *testing.T) {
	down := &Run{Verdict: Partial, Target: Target{URL: "https://staging.example.test", Outage: &Outage{Kind: OutageError, Text: "the target answers with 502 (4 of 4)", Hints: []string{"see whether it is up"}}}}
	gone := severalPlaces(1)
	gone.Target.Outage = &Outage{Kind: OutageGone, Text: "the target stopped accepting connections"}
	for _, tt := range []struct {
		name  string
		run   *Run
		title string
		notes []string
	}{
		{"not conformant", sampleRun(), "Not conformant: https://staging.example.test", nil},
		{"embedded", &Run{Verdict: Conformant, Target: Target{Embedded: true}}, "Conformant: the embedded reference server", nil},
		{"down", down, "Target down: https://staging.example.test", []string{"the target answers with 502 (4 of 4)", "Hint: see whether it is up"}},
		{"gone, with findings", gone, "Not conformant: https://staging.example.test", []string{"the target stopped accepting connections; 0 specs not judged"}},
	} {
		d := parsed(t, htmlOf(t, tt.run))
		if got := textOf(d.all(tag(atom.H1))[0]); got != tt.title {
			t.Errorf("%s: headline %q, want %q", tt.name, got, tt.title)
		}
		if got := textOf(d.all(tag(atom.Title))[0]); !strings.HasPrefix(got, tt.title+" ·") {
			t.Errorf("%s: title %q", tt.name, got)
		}
		var notes []string
		for _, n := range d.all(class("notice")) {
			if s := textOf(n); !strings.HasPrefix(s, "Notice:") && !strings.HasPrefix(s, "Not tested") {
				notes = append(notes, s)
			}
		}
		if diff := cmp.Diff(tt.notes, notes); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

// TestVariablesToSet: what was skipped for want of configuration is a block to
// copy, in which nothing stands but names of variables.
func TestVariablesToSet(t *testing.T) {
	for _, tt := range []struct {
		name    string
		reasons []Skip
		want    string
	}{
		{"none", []Skip{{SkipSafety, "set HOSTUP_X"}}, ""},
		{"in the order of the specs", []Skip{{SkipConfiguration, "set HOSTUP_A: because"}, {SkipConfiguration, "set HOSTUP_B"}, {SkipConfiguration, "set HOSTUP_B"}}, "export HOSTUP_B=''\nexport HOSTUP_A=''"},
		{"several in one reason", []Skip{{SkipConfiguration, "set HOSTUP_A: x: set HOSTUP_B and HOSTUP_C"}}, "export HOSTUP_A=''\nexport HOSTUP_B=''\nexport HOSTUP_C=''"},
		{"named, not to be set", []Skip{{SkipConfiguration, "HOSTUP_API_KEY is refused"}}, ""},
		{"hostile", []Skip{{SkipConfiguration, "set HOSTUP_A$(reboot)\n`id`"}}, "export HOSTUP_A=''"},
	} {
		run := &Run{Verdict: Partial}
		for i, s := range tt.reasons {
			run.Specs = append(run.Specs, SpecResult{Name: fmt.Sprint(i), Outcome: Skipped, Skip: &s})
		}
		got := ""
		for _, n := range parsed(t, htmlOf(t, run)).all(func(n *html.Node) bool { return attr(n, "id") == "exports" }) {
			got = n.FirstChild.Data
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestPageAgainst: a page says what changed since an earlier result.
func TestPageAgainst(t *testing.T) {
	now, before := severalPlaces(1), sampleRun()
	fixed := findingRow()
	fixed.Requirement, fixed.Where = "ACT-PAGE-003", "$.gone"
	before.Findings = append(before.Findings, FindingGroup{Signature: fixed.Signature(), First: fixed, Fails: true, Count: 1})
	var b strings.Builder
	if err := WriteHTMLAgainst(&b, now, before); err != nil {
		t.Fatal(err)
	}
	d := parsed(t, b.String())
	if got, want := textOf(d.all(class("trend"))[0]), "Since 1 March 2026 12:00 UTC: 1 new finding, 1 fixed, 2 still violated"; got != want {
		t.Errorf("the top says %q, want %q", got, want)
	}
	var changes []string
	for _, n := range d.all(class("changes")) {
		changes = append(changes, textOf(n))
	}
	want := []string{
		`ACT-ROW-001 MUST GET /api/v2/list0 -> 200 $.entries[1].amount: want number, got "98.75" (string)`,
		`ACT-PAGE-003 MUST ` + activity + ` -> 200 $.gone: want number, got "98.75" (string)`,
	}
	if len(changes) != 3 || cmp.Diff(want, changes[:2]) != "" {
		t.Errorf("changes: %q", changes)
	}
	for _, n := range d.all(class("new")) {
		if !inside(n, "finding-3") {
			t.Error("an old cause is marked as new")
		}
	}
	if n := len(d.all(class("new"))); n != 1 {
		t.Errorf("%d causes are marked as new, want 1", n)
	}
	if strings.Contains(htmlOf(t, now), `id="trend"`) {
		t.Error("a page without an earlier result speaks of changes")
	}
}

// TestPaperLeavesOutWhatIsFar: of a long message paper gets its beginning and
// what surrounds the offending line.
func TestPaperLeavesOutWhatIsFar(t *testing.T) {
	for _, tt := range []struct {
		lines, bad int
		want       []string
	}{
		{lines: 5, bad: -1},
		{lines: near + 2, bad: -1},
		{lines: 100, bad: -1, want: []string{"99: 86 lines"}},
		{lines: 100, bad: 50, want: []string{"38: 25 lines", "99: 36 lines"}},
		{lines: 100, bad: 99, want: []string{"87: 74 lines"}},
	} {
		all := make([]pageLine, tt.lines)
		if tt.bad >= 0 {
			all[tt.bad].Bad = true
		}
		markFar(all)
		var got []string
		for i, l := range all {
			if l.Gap != "" {
				got = append(got, fmt.Sprintf("%d: %s", i, l.Gap))
			}
			if l.Far && l.Bad {
				t.Errorf("line %d of %d is offending and left out", i, tt.lines)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%d lines, offending %d:\n%s", tt.lines, tt.bad, diff)
		}
	}
}
