package reporters

import (
	"encoding/json"
	"testing"
)

func TestBadge(t *testing.T) {
	for verdict, color := range map[Verdict]string{Conformant: "brightgreen", Partial: "yellow", NonConformant: "red", "?": "lightgrey"} {
		run := sampleRun()
		run.Verdict = verdict
		var badge map[string]any
		if err := json.Unmarshal([]byte(shown(t, WriteBadge, run)), &badge); err != nil {
			t.Fatal(err)
		}
		if badge["schemaVersion"] != 1.0 || badge["label"] == "" || badge["color"] != color || badge["message"] == "" {
			t.Errorf("%s: %v", verdict, badge)
		}
		if verdict == NonConformant && (badge["message"] != "not conformant, 1 of 5" || badge["isError"] != true) {
			t.Errorf("badge %v", badge)
		}
	}
}
