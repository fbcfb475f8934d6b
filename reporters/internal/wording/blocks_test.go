package wording

import (
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// TestBlocks: the finding that explains others comes first, and one requirement is one
// block.
func TestBlocks(t *testing.T) {
	group := func(id, operation, where, keyword string, specs int) reporters.FindingGroup {
		f := spec.Finding{Requirement: id, Level: spec.Must, Operation: operation, Where: where, Keyword: keyword}
		return reporters.FindingGroup{Signature: f.Signature(), First: f, Fails: true, Specs: make([]string, specs)}
	}
	all := []reporters.FindingGroup{
		group("ACT-KIND-004", "GET /a", "$.kind", "enum", 2),
		group("HTTP-ROBUST-001", "GET /b", "status", "refused", 9),
		group("MEDIA-TYPE-001", "GET /a", "header Content-Type", "media-type", 3),
		group("HTTP-ROBUST-001", "GET /a", "status", "refused", 1),
		group("CARD-READ-001", "GET /b", "status", "accepted", 1),
		group("HTTP-ROBUST-001", "GET /c", "status", "refused", 2),
	}
	reporters.SortGroups(all)
	var got []string
	for _, b := range Blocks(all) {
		got = append(got, b.First().First.Requirement+" "+strings.Join(b.Also(1), ","))
	}
	want := "CARD-READ-001 |MEDIA-TYPE-001 |HTTP-ROBUST-001 GET /c  status,GET /a  status|ACT-KIND-004 "
	if text := strings.Join(got, "|"); text != want {
		t.Errorf("blocks %q, want %q", text, want)
	}
}

// TestEntailed: a server error that the document does not have is one defect, told with the rule
// that says what was wanted, unless that is told more mildly.
func TestEntailed(t *testing.T) {
	group := func(id, keyword, by string, fails bool) reporters.FindingGroup {
		f := spec.Finding{Requirement: id, Level: spec.Must, Operation: "GET /a", Status: 500, Where: "status", Keyword: keyword, Want: "want " + id, Got: "500"}
		return reporters.FindingGroup{Signature: f.Signature(), First: f, Fails: fails, EntailedBy: by}
	}
	robust := group("HTTP-ROBUST-001", "refused", "", true)
	entailed := group("HTTP-STATUS-002", spec.KeywordStatus, robust.Signature, true)
	blocks := Blocks([]reporters.FindingGroup{robust, entailed})
	if want := []string{"HTTP-STATUS-002: want want HTTP-STATUS-002, got 500"}; len(blocks) != 1 || !slices.Equal(blocks[0].Entailed(), want) {
		t.Errorf("%d blocks, entailed %q, want %q", len(blocks), blocks[0].Entailed(), want)
	}
	known := robust
	known.Fails, known.Known = false, &reporters.Known{Reason: "so be it"}
	if blocks := Blocks([]reporters.FindingGroup{known, entailed}); len(blocks) != 2 || blocks[0].Entailed() != nil {
		t.Errorf("%d blocks, want 2: what fails the run is not told with what does not", len(blocks))
	}
	if blocks := Blocks([]reporters.FindingGroup{entailed}); len(blocks) != 1 {
		t.Errorf("%d blocks, want 1: what entails it is not there", len(blocks))
	}
}

// TestAlso: another location says what is wrong there, unless it is what is wrong at the
// first one.
func TestAlso(t *testing.T) {
	group := func(where, want, got string) reporters.FindingGroup {
		return reporters.FindingGroup{First: spec.Finding{Requirement: "BODY-SCHEMA-001", Level: spec.Must, Operation: "GET /a", Status: 200, Where: where, Want: want, Got: got}}
	}
	b := Block{Groups: []reporters.FindingGroup{
		group("$.a", "number", `"1" (string)`),
		group("$.b", "number", `"1" (string)`),
		group("$.c", "number", `"2" (string)`),
		group("$.d", `"ok"`, `"OK"`),
		group("$.e", "number", strings.Repeat("9", 200)),
	}}
	want := []string{
		"GET /a -> 200  $.b",
		`GET /a -> 200  $.c: got "2" (string)`,
		`GET /a -> 200  $.d: want "ok", got "OK"`,
		"GET /a -> 200  $.e: got " + strings.Repeat("9", 62) + "… (200 characters)",
	}
	if got := b.Also(0); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
