package suites

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/junit"
	"github.com/hostup/api-conformance/suites/config"
)

// latin1 returns a server that violates one rule in each of its card lists.
func latin1(t *testing.T) *refserver.Server {
	t.Helper()
	c := refserver.Config{Rules: refserver.DefaultRules()}
	clean := c.Rules.Answer
	c.Rules.Answer = func(a *refserver.Answer) {
		clean(a)
		if a.Status == 200 && a.Call.Operation.ID == refserver.ListCards {
			a.Header.Set("Content-Type", "application/json; charset=iso-8859-1")
		}
	}
	server, err := refserver.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// TestParts: a request that many rules judge is sent once, and each rule has its own
// result: a finding fails only its rule.
func TestParts(t *testing.T) {
	run := at(t, latin1(t), options(t), func(c *config.Config) { c.LabelFilter = "listCards" })
	const success = "answers / GET /api/v2/billing/cards / success / "
	parts, sent, failed := 0, 0, []string{}
	for _, s := range run.Specs {
		name, ok := strings.CutPrefix(s.Name, success)
		if !ok {
			continue
		}
		parts++
		sent += s.Exchanges
		if len(s.Requirements) != 1 || !strings.HasPrefix(name, s.Requirements[0]+" ") || s.Operation != "GET /api/v2/billing/cards" {
			t.Errorf("%s is about %v of %s", s.Name, s.Requirements, s.Operation)
		}
		if s.Outcome != reporters.Passed {
			failed = append(failed, name)
		}
	}
	if diff := cmp.Diff([]string{"MEDIA-CHARSET-001 a charset parameter on JSON says utf-8"}, failed); diff != "" {
		t.Errorf("not passed (-want +got):\n%s", diff)
	}
	// Whichever spec comes first also looks whether the operation is there.
	if parts < 15 || sent < 1 || sent > 2 {
		t.Errorf("%d results of %d requests, want many of one", parts, sent)
	}
	for _, e := range run.Exchanges {
		if strings.HasPrefix(e.Spec, success) && e.Spec != success+failed[0] {
			t.Errorf("exchange %s belongs to %s", e.ID, e.Spec)
		}
	}
	testcases(t, run)
}

// testcases: JUnit has the results under the same names.
func testcases(t *testing.T, run *reporters.Run) {
	t.Helper()
	var b bytes.Buffer
	if err := junit.Write(&b, run); err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []struct {
			Name    string    `xml:"name,attr"`
			Failure *struct{} `xml:"failure"`
		} `xml:"testsuite>testcase"`
	}
	if err := xml.Unmarshal(b.Bytes(), &file); err != nil {
		t.Fatal(err)
	}
	red := map[string]bool{}
	for _, c := range file.Cases {
		red[c.Name] = c.Failure != nil
	}
	for _, s := range run.Specs {
		if failed, ok := red[s.Name]; !ok || failed != (s.Outcome == reporters.Failed) {
			t.Errorf("%s: %s, and its testcase: there %t, failed %t", s.Name, s.Outcome, ok, failed)
		}
	}
}

// TestPartsAreSelected: a filter selects the rules of one request as if each had its own
// spec.
func TestPartsAreSelected(t *testing.T) {
	opt := options(t)
	all := List(opt.Contract)
	for filter, selects := range map[string]func(labels []string) bool{
		"MEDIA-CHARSET-001": func(l []string) bool { return slices.Contains(l, "MEDIA-CHARSET-001") },
		"!SHOULD && cards":  func(l []string) bool { return !slices.Contains(l, "SHOULD") && slices.Contains(l, "cards") },
		"(leak && !media) || (media && !leak && MUST)": func(l []string) bool {
			return slices.Contains(l, "leak") && !slices.Contains(l, "media") || slices.Contains(l, "media") && !slices.Contains(l, "leak") && slices.Contains(l, "MUST")
		},
	} {
		var want, got []string
		for _, s := range all {
			if selects(s.Labels) && slices.Contains(s.Labels, "listCards") {
				want = append(want, s.Name)
			}
		}
		total := 0
		opt.OnTotal = func(n int) { total = n }
		run := at(t, latin1(t), opt, func(c *config.Config) { c.LabelFilter = "listCards && (" + filter + ")" })
		for _, s := range run.Specs {
			if s.Operation != "" {
				got = append(got, s.Name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", filter, diff)
		}
		if total != len(run.Specs) {
			t.Errorf("%s: %d specs were announced, the result has %d", filter, total, len(run.Specs))
		}
	}
}
