package ci

import (
	"encoding/json"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

func TestBadge(t *testing.T) {
	for verdict, color := range map[reporters.Verdict]string{reporters.Conformant: "brightgreen", reporters.Partial: "yellow", reporters.NonConformant: "red", "?": "lightgrey"} {
		run := sample.Run()
		run.Verdict = verdict
		var badge map[string]any
		if err := json.Unmarshal([]byte(sample.Shown(t, WriteBadge, run)), &badge); err != nil {
			t.Fatal(err)
		}
		if badge["schemaVersion"] != 1.0 || badge["label"] == "" || badge["color"] != color || badge["message"] == "" {
			t.Errorf("%s: %v", verdict, badge)
		}
		if verdict == reporters.NonConformant && (badge["message"] != "not conformant, 1 of 5" || badge["isError"] != true) {
			t.Errorf("badge %v", badge)
		}
	}
}
