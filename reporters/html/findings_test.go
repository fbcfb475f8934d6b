package html

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/domtest"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// TestManyFindings: a server that violates everything still gives a readable page: the
// first requirements, and a fold for the others. The same applies to created resources.
func TestManyFindings(t *testing.T) {
	run := sample.Run()
	for i := range 60 {
		f := sample.FindingRow()
		f.Requirement = fmt.Sprintf("ACT-ROW-%03d", i+100)
		run.Findings = append(run.Findings, reporters.FindingGroup{Signature: f.Signature(), First: f, Fails: true, Count: 1})
		run.Created = append(run.Created, reporters.Created{What: "order", ID: fmt.Sprintf("ord_x%d", i), Spec: "orders / create"})
	}
	page := domtest.Parse(t, sample.Shown(t, Write, run))
	folded, open := 0, 0
	for _, n := range page.All(domtest.Class("finding")) {
		if domtest.Inside(n, "more-findings") {
			folded++
		} else {
			open++
		}
	}
	if open != shownFindings || folded != 62-shownFindings {
		t.Errorf("%d findings are shown and %d folded away, want %d of 62", open, folded, shownFindings)
	}
	text := sample.Shown(t, Write, run)
	for _, want := range []string{"<summary>32 more requirements</summary>", "62 causes in 62 requirements", "<summary>All 61</summary>"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(sample.Shown(t, Write, sample.Run()), `id="more-findings"`) {
		t.Error("a page with two findings folds some away")
	}
}

// TestOneCardForOneRequirement: a violation at several places is one card; its places are
// folded, named and linked.
func TestOneCardForOneRequirement(t *testing.T) {
	page := domtest.Parse(t, sample.Shown(t, Write, sample.SeveralPlaces(3)))
	cards := page.All(domtest.Class("finding"))
	if len(cards) != 2 {
		t.Fatalf("%d cards, want one for each of 2 requirements", len(cards))
	}
	if got, want := domtest.TextOf(page.All(domtest.Class("head"))[0]), "failsan amount is a number4 places ACT-ROW-001 · MUST · "+sample.Activity+" and 3 more operations"; got != want {
		t.Errorf("the card says %q, want %q", got, want)
	}
	var places []string
	for _, n := range page.All(domtest.Class("place")) {
		if n.DataAtom == atom.Details {
			places = append(places, domtest.Attr(n, "id")+": "+domtest.TextOf(n.FirstChild))
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
	for _, n := range page.All(domtest.Tag(atom.A)) {
		if s := domtest.TextOf(n); s == "finding" {
			t.Errorf("a link is named %q", s)
		}
	}
	links := linksTo(page, "req-ACT-ROW-001")
	if diff := cmp.Diff([]string{
		"#finding-1 " + sample.Activity + " -> 200 $.entries[0].amount", "#finding-3 GET /api/v2/list0 -> 200 $.entries[1].amount",
		"#finding-4 GET /api/v2/list1 -> 200 $.entries[2].amount", "#finding-5 GET /api/v2/list2 -> 200 $.entries[3].amount",
	}, links); diff != "" {
		t.Errorf("links of the requirement:\n%s", diff)
	}
}

// TestPlacesThatOnlyTheResultHas: of very many places a card shows some and counts the
// others, and there are no broken links.
func TestPlacesThatOnlyTheResultHas(t *testing.T) {
	for _, tt := range []struct{ more, shown int }{{39, 39}, {100, 100}, {130, 100}, {700, 100}} {
		d := domtest.Parse(t, sample.Shown(t, Write, sample.SeveralPlaces(tt.more)))
		shown := len(d.All(func(n *html.Node) bool { return n.DataAtom == atom.Details && domtest.Class("place")(n) }))
		if shown != tt.shown {
			t.Errorf("%d more places: %d are shown, want %d", tt.more, shown, tt.shown)
		}
		rest := ""
		for _, n := range d.All(domtest.Tag(atom.P)) {
			if s := domtest.TextOf(n); strings.HasSuffix(s, "in report.json") && strings.Contains(s, "place") {
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

// linksTo returns the links in the element with an id.
func linksTo(d domtest.Page, id string) (links []string) {
	for _, n := range d.All(domtest.Tag(atom.A)) {
		if domtest.Inside(n, id) {
			links = append(links, strings.Join(strings.Fields(domtest.Attr(n, "href")+" "+domtest.TextOf(n)), " "))
		}
	}
	return links
}

// TestFromCardToCard: every card links to the previous and the next one.
func TestFromCardToCard(t *testing.T) {
	run := sample.Run()
	other := sample.FindingRow()
	other.Requirement = "ACT-PAGE-003"
	run.Findings = append(run.Findings, reporters.FindingGroup{Signature: other.Signature(), First: other, Fails: true, Count: 1})
	page := domtest.Parse(t, sample.Shown(t, Write, run))
	var got []string
	for _, n := range page.All(domtest.Class("pager")) {
		got = append(got, domtest.TextOf(n))
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

// TestFirstThingsFirst: the top of the page names the requirements that fail the run,
// each once, and the evidence of the first one comes before everything else.
func TestFirstThingsFirst(t *testing.T) {
	run := sample.SeveralPlaces(2)
	other := sample.FindingRow()
	other.Requirement = "ACT-PAGE-003"
	run.Findings = append(run.Findings, reporters.FindingGroup{Signature: other.Signature(), First: other, Fails: true, Count: 1})
	page := sample.Shown(t, Write, run)
	var got []string
	for n := range domtest.Parse(t, page).All(domtest.Class("broken"))[0].ChildNodes() {
		got = append(got, domtest.TextOf(n))
	}
	if diff := cmp.Diff([]string{"an amount is a number ACT-ROW-0013 places", "the page after the last one is empty ACT-PAGE-003" + sample.Activity}, got); diff != "" {
		t.Error(diff)
	}
	for _, page := range []string{page, sample.Shown(t, Write, sample.Run())} {
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
	if strings.Contains(sample.Shown(t, Write, sample.Run()), `class="broken"`) {
		t.Error("one requirement that fails the run is told twice")
	}
}
