package wording

import (
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
