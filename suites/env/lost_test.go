package env

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// TestLost: what a process leaves open may have changed the target, in the words of the
// document. Requests that are counted for --max-requests only are none of these.
func TestLost(t *testing.T) {
	for _, test := range []struct {
		foreign bool
		want    []LostRequest
	}{
		{false, []LostRequest{{1, "order"}, {1, "payment"}}},
		{true, []LostRequest{{1, "change"}, {1, "change"}, {1, "payment"}}},
	} {
		cfg := settings.Default()
		cfg.Foreign = test.foreign
		cfg.MaxRequests, cfg.MaxOrders, cfg.MaxWrites, cfg.MaxPayments = 9, 9, 9, 9
		path := filepath.Join(t.TempDir(), "ledger")
		j := openJournal(path, 1)
		l := newLedger(cfg, j)
		if refusal := l.count(); refusal != "" {
			t.Fatal(refusal)
		}
		for _, effect := range []spec.Effect{spec.Writes, spec.Deletes, spec.Charges} {
			if _, refusal := l.reserve(t.Context(), effect); refusal != "" {
				t.Fatal(refusal)
			}
		}
		j.close()
		if diff := cmp.Diff(test.want, Lost(cfg, path)); diff != "" {
			t.Errorf("foreign %v (-want +got):\n%s", test.foreign, diff)
		}
	}
}
