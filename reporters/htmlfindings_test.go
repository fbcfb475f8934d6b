package reporters

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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
	page := parsed(t, shown(t, WriteHTML, run))
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
	text := shown(t, WriteHTML, run)
	for _, want := range []string{"<summary>32 more requirements</summary>", "62 causes in 62 requirements", "<summary>All 61</summary>"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(shown(t, WriteHTML, sampleRun()), `id="more-findings"`) {
		t.Error("a page with two findings folds some away")
	}
}

// TestOneCardForOneRequirement: what is wrong in several places is one card, whose
// places are folded, named, and led to by name.
func TestOneCardForOneRequirement(t *testing.T) {
	page := parsed(t, shown(t, WriteHTML, severalPlaces(3)))
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

// TestPlacesThatOnlyTheResultHas: of very many places a card shows some, counts the
// others, and nothing leads to what is not there.
func TestPlacesThatOnlyTheResultHas(t *testing.T) {
	for _, tt := range []struct{ more, shown int }{{39, 39}, {100, 100}, {130, 100}, {700, 100}} {
		d := parsed(t, shown(t, WriteHTML, severalPlaces(tt.more)))
		shown := len(d.all(func(n *html.Node) bool { return n.DataAtom == atom.Details && class("place")(n) }))
		if shown != tt.shown {
			t.Errorf("%d more places: %d are shown, want %d", tt.more, shown, tt.shown)
		}
		rest := ""
		for _, n := range d.all(tag(atom.P)) {
			if s := textOf(n); strings.HasSuffix(s, "in report.json") && strings.Contains(s, "place") {
				rest = s
			}
		}
		want := ""
		if n := tt.more - tt.shown; n > 0 {
			want = fmt.Sprintf("and %d more places, in report.json", n)
		}
		if rest != want {
			t.Errorf("%d more places: the page says %q, want %q", tt.more, rest, want)
		}
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

// TestFromCardToCard: every card leads to the one before and the one after it.
func TestFromCardToCard(t *testing.T) {
	run := sampleRun()
	other := findingRow()
	other.Requirement = "ACT-PAGE-003"
	run.Findings = append(run.Findings, FindingGroup{Signature: other.Signature(), First: other, Fails: true, Count: 1})
	page := parsed(t, shown(t, WriteHTML, run))
	var got []string
	for _, n := range page.all(class("pager")) {
		got = append(got, textOf(n))
	}
	want := []string{"Next ACT-UTC-001 →About this rule", "← Previous ACT-ROW-001Next ACT-PAGE-003 →About this rule", "← Previous ACT-UTC-001About this rule"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, link := range []string{"#finding-1 ← Previous ACT-ROW-001", "#finding-3 Next ACT-PAGE-003 →", "#req-ACT-UTC-001 About this rule"} {
		if !slices.Contains(linksTo(page, "finding-2"), link) {
			t.Errorf("the second card lacks %q: %q", link, linksTo(page, "finding-2"))
		}
	}
}

// TestFirstThingsFirst: the top of the page names what fails the run, each
// requirement once, and the evidence of the first one stands before everything else.
func TestFirstThingsFirst(t *testing.T) {
	run := severalPlaces(2)
	other := findingRow()
	other.Requirement = "ACT-PAGE-003"
	run.Findings = append(run.Findings, FindingGroup{Signature: other.Signature(), First: other, Fails: true, Count: 1})
	page := shown(t, WriteHTML, run)
	var got []string
	for n := range parsed(t, page).all(class("broken"))[0].ChildNodes() {
		got = append(got, textOf(n))
	}
	if diff := cmp.Diff([]string{"an amount is a number ACT-ROW-0013 places", "the page after the last one is empty ACT-PAGE-003" + activity}, got); diff != "" {
		t.Error(diff)
	}
	for _, page := range []string{page, shown(t, WriteHTML, sampleRun())} {
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
	if strings.Contains(shown(t, WriteHTML, sampleRun()), `class="broken"`) {
		t.Error("one requirement that fails the run is told twice")
	}
}
