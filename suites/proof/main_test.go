package proof

import (
	"os"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

// TestMain makes this test binary a worker when Run starts it as one.
func TestMain(m *testing.M) {
	if code, ok := Worker(); ok {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

func load(t testing.TB) *spec.Contract {
	t.Helper()
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	return contract
}

func executable(t testing.TB) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
