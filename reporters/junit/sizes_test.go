package junit

import (
	"bytes"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters/internal/sample"
)

func TestJUnitSizes(t *testing.T) {
	for _, tt := range []struct {
		causes, most int
	}{
		{0, 1 << 20},
		{8, 6 << 20},
		{60, 12 << 20},
	} {
		var buf bytes.Buffer
		if err := Write(&buf, sample.ManySpecs(900, tt.causes)); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d causes met by each of 900 specs: %d KiB", tt.causes, buf.Len()>>10)
		if buf.Len() > tt.most {
			t.Errorf("%d causes: %d bytes, want at most %d", tt.causes, buf.Len(), tt.most)
		}
		if tt.causes > 0 && !strings.Contains(buf.String(), "(cut: the body has 1048576 bytes)") {
			t.Error("no body says that it was cut")
		}
	}
}
