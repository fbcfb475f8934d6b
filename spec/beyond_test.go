package spec

import (
	"net/http"
	"strings"
	"testing"
)

// A reader may have limits (RFC 8259 section 9): what is beyond those of this one is no
// violation, and is not judged.
func TestMoreThanIsHeld(t *testing.T) {
	const content = `{'200': {description: ok, content: {application/json: {schema: {type: array, items: {type: object}}}, application/x-ndjson: {schema: {type: object}}}}}`
	for mediaType, body := range map[string]string{
		"application/json":     "[" + strings.Repeat(`{"a":1},`, 1_000_000) + "1]",
		"application/x-ndjson": strings.Repeat(`{"a":1}`+"\n", 1_000_000) + "1",
	} {
		if got := checked(t, content, 200, http.Header{"Content-Type": {mediaType}}, body); len(got) > 0 {
			t.Errorf("%s: got %q, want nothing", mediaType, got)
		}
	}
}
