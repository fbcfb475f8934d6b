package suites

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
)

// emptied returns a server whose responses for the operations have empty lists.
func emptied(t *testing.T, operations ...string) *refserver.Server {
	t.Helper()
	c := refserver.Config{Rules: refserver.DefaultRules()}
	clean := c.Rules.Answer
	c.Rules.Answer = func(a *refserver.Answer) {
		clean(a)
		for _, o := range operations {
			if a.Status/100 == 2 && a.Call.Operation.ID == o {
				a.Value = withoutItems(a.Value)
			}
		}
	}
	server, err := refserver.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func withoutItems(v any) any {
	switch x := v.(type) {
	case []any:
		return []any{}
	case map[string]any:
		for name := range x {
			x[name] = withoutItems(x[name])
		}
		if _, ok := x["hasMore"]; ok {
			x["hasMore"] = false
		}
	}
	return v
}

// TestNothingToJudge: at a target without rows, no rule about rows passes. The other
// rules can be violated without rows.
func TestNothingToJudge(t *testing.T) {
	for _, test := range []struct {
		name     string
		empty    []string
		families []string
		passed   []string
	}{
		{"no activity", []string{refserver.ListBillingActivity}, []string{"activity", "paging"}, []string{
			"ACT-READ-001", "ACT-BODY-001", "ACT-BODY-002", "ACT-KIND-001", "ACT-KIND-003", "ACT-KIND-004", "ACT-KIND-005",
			"ACT-PAGE-001", "ACT-PAGE-003", "ACT-PAGE-004", "ACT-PAGE-005", "ACT-PAGE-006",
		}},
		{"no cards", []string{refserver.ListCards, refserver.ListCardsV1}, []string{"cards"}, []string{"CARD-READ-001", "V1CARD-READ-001"}},
		{"nothing", []string{
			refserver.ListBillingActivity, refserver.ListCards, refserver.ListCardsV1, refserver.ListSharedHosting, refserver.ListStorageAddons,
		}, []string{"activity", "paging", "cards"}, []string{
			"ACT-READ-001", "ACT-BODY-001", "ACT-BODY-002", "ACT-KIND-001", "ACT-KIND-003", "ACT-KIND-004", "ACT-KIND-005",
			"ACT-PAGE-001", "ACT-PAGE-003", "ACT-PAGE-004", "ACT-PAGE-005", "ACT-PAGE-006", "CARD-READ-001", "V1CARD-READ-001",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			opt := options(t)
			run := at(t, emptied(t, test.empty...), opt, func(c *config.Config) { c.Safety = config.ReadOnly })
			if len(run.Findings) > 0 {
				t.Errorf("findings at a server without faults: %v", judged(run).Findings)
			}
			var passed []string
			for _, q := range run.Requirements {
				ours := false
				for _, f := range test.families {
					ours = ours || q.Family == f
				}
				if !ours {
					continue
				}
				if q.Outcome == reporters.Passed {
					passed = append(passed, q.ID)
				} else if q.Skip == nil || q.Skip.Code != reporters.SkipNoData && q.Skip.Code != reporters.SkipConfiguration && q.Skip.Code != reporters.SkipSafety {
					t.Errorf("%s is %s: %+v", q.ID, q.Outcome, q.Skip)
				}
			}
			if diff := cmp.Diff(test.passed, passed); diff != "" {
				t.Errorf("passed (-want +got):\n%s", diff)
			}
			perSpec(t, run, test.empty)
		})
	}
}

// perSpec: the same applies to each spec of a requirement at an operation without items.
func perSpec(t *testing.T, run *reporters.Run, empty []string) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range run.Specs {
		for _, id := range s.Requirements {
			for _, o := range empty {
				if contract.Operation(o).Name() == s.Operation && strings.Contains(contract.Reach().Place(id), "[*]") && !strings.HasPrefix(id, "PROB-") && s.Outcome != reporters.Skipped {
					t.Errorf("%s: %s, with no %s to be seen", s.Name, s.Outcome, contract.Reach().Place(id))
				}
			}
		}
	}
}

// TestUnseenReason: a report says what was missing.
func TestUnseenReason(t *testing.T) {
	run := at(t, emptied(t, refserver.ListBillingActivity), options(t), func(c *config.Config) { c.LabelFilter = "ACT-METHOD-001 || ACT-READ-001" })
	if len(run.Specs) == 0 {
		t.Fatal("no specs")
	}
	for _, q := range run.Requirements {
		if q.ID != "ACT-METHOD-001" {
			continue
		}
		want := &reporters.Skip{Code: reporters.SkipNoData, Reason: "nothing to judge was seen: no response had $.entries[*].method"}
		if diff := cmp.Diff(want, q.Skip); diff != "" {
			t.Errorf("skip (-want +got):\n%s", diff)
		}
	}
}
