package suites

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/reporters"
)

func TestExplore(t *testing.T) {
	opt := options(t)
	within := append(opt.Contract.Reach().All(), uniqueIDs...)
	ids := func(r *reporters.Run) (out []string) {
		for _, g := range r.Findings {
			if slices.Contains(within, g.First.Requirement) {
				out = append(out, g.Signature)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	began := time.Now()
	n := 0
	for _, f := range faults.All() {
		if !slices.Contains(within, f.Requirement) || time.Since(began) > 8*time.Minute {
			continue
		}
		n++
		server, err := f.Server()
		if err != nil {
			t.Fatal(err)
		}
		o := opt
		o.Reference, o.Only, o.LateFilterCheck = server, append([]string{f.Requirement}, f.Consequences...), true
		cfg := fast()
		cfg.Seed = 1
		cfg.RequestTimeout = time.Second
		cfg.Settle = time.Second
		cfg.HAR = filepath.Join(t.TempDir(), "run.har")
		run, err := Run(t.Context(), cfg, o)
		if err != nil {
			t.Logf("%s: run: %v", f.ID, err)
			continue
		}
		ver, err := Verify(fast(), []string{cfg.HAR}, Options{Contract: opt.Contract})
		if err != nil {
			t.Logf("%s: verify: %v", f.ID, err)
			continue
		}
		a, b := ids(run), ids(ver)
		for _, x := range a {
			if !slices.Contains(b, x) {
				t.Errorf("%s: LOST %s", f.ID, x)
			}
		}
		for _, x := range b {
			if !slices.Contains(a, x) {
				t.Errorf("%s: EXTRA %s", f.ID, x)
			}
		}
		os.Remove(cfg.HAR)
	}
	t.Logf("%d faults in %v", n, time.Since(began))
}
