package recorded

import (
	"os"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

func BenchmarkZZ(b *testing.B) {
	text, _ := os.ReadFile("/tmp/har/perf/things.yaml")
	c, err := spec.LoadText(nil, "things.yaml", text)
	if err != nil {
		b.Fatal(err)
	}
	for range b.N {
		if _, err := Verify(settings.Default(), []string{"/tmp/har/perf/wrong.har"}, c, "x"); err != nil {
			b.Fatal(err)
		}
	}
}
