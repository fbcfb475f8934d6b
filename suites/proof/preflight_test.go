package proof

import (
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/fixtures/variants"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/internal/embedded"
)

// TestPreflightHidesNothing: no fault of the catalogue, each of which violates one
// requirement, and no variant counts as an outage.
func TestPreflightHidesNothing(t *testing.T) {
	contract := load(t)
	servers := map[string]func() (*refserver.Server, error){}
	for _, f := range faults.All() {
		servers["fault "+f.ID] = f.Server
	}
	for _, v := range variants.All() {
		servers["variant "+v.ID] = v.Server
	}
	for name, start := range servers {
		server, err := start()
		if err != nil {
			t.Fatal(err)
		}
		reference, err := embedded.Listen("127.0.0.1:0", server)
		if err != nil {
			t.Fatal(err)
		}
		cfg := reference.Configure(settings.Default())
		cfg.RequestTimeout = time.Second
		client, err := client.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		outage, _, err := suites.NewEnv(contract, cfg, client, 1).Preflight(t.Context())
		if outage != nil {
			t.Errorf("%s is an outage: %s", name, outage.Text)
		}
		if err != nil {
			t.Logf("%s: %v", name, err)
		}
		client.Close()
		reference.Close()
	}
}
