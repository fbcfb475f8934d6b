package wording

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

func TestHints(t *testing.T) {
	key := func(operations ...string) (all []reporters.FindingGroup) {
		for _, o := range operations {
			all = append(all, reporters.FindingGroup{First: spec.Finding{Requirement: "AUTH-KEY-001", Operation: o, Where: "status", Status: 401}})
		}
		return all
	}
	traffic := func(statuses map[int]int) reporters.Traffic {
		return reporters.Traffic{Operations: []reporters.OperationCount{{Operation: "GET /a", Statuses: statuses}, {Operation: "GET /b", Statuses: map[int]int{200: 1}}}}
	}
	for name, tt := range map[string]struct {
		run  reporters.Run
		want []string
	}{
		"sound":         {run: reporters.Run{Traffic: traffic(map[int]int{200: 300, 401: 200})}},
		"all is well":   {run: reporters.Run{Traffic: traffic(map[int]int{200: 300})}},
		"one operation": {run: reporters.Run{Findings: key("GET /a", "GET /a", "GET /b")}},
		"wrong key":     {reporters.Run{Findings: key("GET /a", "GET /b", "GET /c"), Settings: reporters.Settings{Credentials: map[string]string{reporters.Primary: "THEIR_KEY"}}}, []string{"3 operations refuse THEIR_KEY: see first whether the key is valid at this target"}},
		"swapped keys": {reporters.Run{Findings: []reporters.FindingGroup{
			{First: spec.Finding{Requirement: "AUTH-KEY-001", Where: "status", Status: 403}}, {First: spec.Finding{Requirement: "SCOPE-WRITE-001", Keyword: "refused", Status: 200}},
		}, Settings: reporters.Settings{Credentials: map[string]string{reporters.Primary: "THEIR_KEY"}}}, []string{"THEIR_KEY may not do what the read-only key may: see first whether the two are swapped"}},
		"down":                {reporters.Run{Traffic: traffic(map[int]int{503: 299})}, []string{"299 of 300 responses have status 503: the target, or what stands before it, fails as a whole"}},
		"elsewhere":           {reporters.Run{Traffic: traffic(map[int]int{404: 299})}, []string{"299 of 300 responses have status 404: see whether the base URL is the API's own"}},
		"redirected":          {reporters.Run{Traffic: traffic(map[int]int{301: 299})}, []string{"299 of 300 responses have status 301: redirects are not followed, see whether the base URL is the API's own"}},
		"too few to say much": {run: reporters.Run{Traffic: traffic(map[int]int{503: 12})}},
		"half":                {run: reporters.Run{Traffic: traffic(map[int]int{503: 150, 200: 150})}},
	} {
		if diff := cmp.Diff(tt.want, Hints(&tt.run)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}
