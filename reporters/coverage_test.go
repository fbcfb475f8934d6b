package reporters_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
	"github.com/hostup/api-conformance/spec"
)

func TestBuildCoverage(t *testing.T) {
	universe := []spec.CoverageItem{
		{Key: "a status 200", Operation: "GET /a", Kind: "status", Text: "200"},
		{Key: "a status 500", Operation: "GET /a", Kind: "status", Text: "500", Reason: "a fault"},
		{Key: "a status 503", Operation: "GET /a", Kind: "status", Text: "503", Reason: "a fault"},
		{Key: "a input query q absent", Operation: "GET /a", Kind: "input", Text: "query q absent"},
		{Key: "b status 200", Operation: "GET /b", Kind: "status", Text: "200"},
	}
	run := reporters.Build(reporters.Material{Universe: universe, Specs: []reporters.SpecRecord{
		{Name: "x", State: reporters.StatePassed, Observed: map[string]int{"a status 200": 2, "a status 503": 1, "nonsense": 4}},
		{Name: "y", State: reporters.StatePassed, Observed: map[string]int{"a status 200": 1}},
	}})
	c := run.Coverage
	if diff := cmp.Diff(reporters.CoverageCount{Seen: 2, Unseen: 2, Unprovokable: 1}, c.CoverageCount); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	if c.Percent() != 50 || len(c.Operations) != 2 || c.Operations[0].Items[0].Count != 3 {
		t.Errorf("coverage %+v", c)
	}
	if u := c.Operations[0].UnseenItems(); len(u) != 1 || u[0].Text != "query q absent" {
		t.Errorf("unseen %+v", u)
	}
	if k := c.Operations[0].Kinds(); len(k) != 2 || k[0].Kind != "status" || k[0].Seen != 2 || k[1].Unseen != 1 {
		t.Errorf("kinds %+v", k)
	}
	if reporters.Build(reporters.Material{}).Coverage != nil {
		t.Error("a run without a universe has coverage")
	}
}

func TestCheckCoverage(t *testing.T) {
	run := sample.Run()
	for _, tt := range []struct {
		run  *reporters.Run
		min  int
		want string
	}{
		{run, 0, ""},
		{run, 50, ""},
		{run, 51, "50 % of the document was observed (3 of 6), --min-coverage asks for 51 %"},
		{&reporters.Run{}, 1, "the result holds no coverage"},
		{&reporters.Run{}, 0, ""},
		{&reporters.Run{Coverage: &reporters.Coverage{}}, 100, ""},
	} {
		err := reporters.CheckCoverage(tt.run, tt.min)
		if (err == nil) != (tt.want == "") || err != nil && !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("min %d: %v, want %q", tt.min, err, tt.want)
		}
	}
}

// TestSelectedCoverage: items outside of a filter are not counted.
func TestSelectedCoverage(t *testing.T) {
	item := func(count int) []reporters.CoveredItem {
		return []reporters.CoveredItem{{Kind: "status", Count: count}}
	}
	run := &reporters.Run{
		Specs: []reporters.SpecResult{{Name: "a", Operation: "GET /a"}, {Name: "b"}},
		Coverage: &reporters.Coverage{Operations: []reporters.OperationCoverage{
			{Operation: "GET /a", Items: item(1)}, {Operation: "GET /b", Items: item(0)},
		}},
	}
	run.Coverage.Recount()
	if got := reporters.CheckCoverage(run, 51); got == nil || !strings.HasPrefix(got.Error(), "50 % of the document") {
		t.Errorf("without a filter: %v", got)
	}
	run.Settings.LabelFilter = "getA"
	if c := run.Selected(); c.Percent() != 100 || run.Observable() != "the selected part of the document" {
		t.Errorf("with a filter: %+v of %s", c.CoverageCount, run.Observable())
	}
	if err := reporters.CheckCoverage(run, 100); err != nil {
		t.Errorf("with a filter: %v", err)
	}
	run.Specs = run.Specs[1:]
	if err := reporters.CheckCoverage(run, 1); err == nil || !strings.Contains(err.Error(), "about no operation") {
		t.Errorf("with a filter that selects no operation: %v", err)
	}
}
