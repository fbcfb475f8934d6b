package suites_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// target returns a document as a contract, and the settings of a run by it that the
// variables give.
func target(t *testing.T, document string, environ ...string) (*spec.Contract, config.Config) {
	t.Helper()
	contract, err := packs.LoadText("api.yaml", []byte(document))
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := settings.Load(nil, environ, "")
	if err != nil {
		t.Fatal(err)
	}
	return contract, cfg
}

// keysOf returns the variables that give the keys of two customers for the security scheme
// "key".
func keysOf(t *testing.T, primary, other string) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "identities.yaml")
	if err := os.WriteFile(file, []byte("other-customer: {key: "+other+"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"CONFORMANCE_AUTH_KEY=" + primary, "HOSTUP_IDENTITIES=" + file}
}
