package har_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters/har"
)

// Header names (RFC 9110 section 5.1) and methods (section 9.1) that are not HTTP tokens
// cannot have been sent, and would be printed in a command.
func TestReadTokens(t *testing.T) {
	file := func(method string) string {
		return fmt.Sprintf(`{"log":{"entries":[{"request":{"method":%q,"url":"https://x.test/","headers":[
			{"name":"X$(touch PWNED)","value":"1"},{"name":"X a","value":"2"},{"name":":authority","value":"x.test"},{"name":"","value":"3"},
			{"name":"X!#$%%&'*+.^_|~-0","value":"4"},{"name":"x-b","value":"5"}]},
			"response":{"status":200,"headers":[{"name":"A\"b","value":"6"},{"name":"c","value":"7"}],"content":{}}}]}}`, method)
	}
	var got har.Recorded
	visit := func(r har.Recorded) error { got = r; return nil }
	if err := har.Read(strings.NewReader(file("GET")), visit); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(http.Header{"X!#$%&'*+.^_|~-0": {"4"}, "X-B": {"5"}}, got.Exchange.Request.Header); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(http.Header{"C": {"7"}}, got.Exchange.Response.Header); diff != "" {
		t.Error(diff)
	}
	for _, method := range []string{"GET;touch PWNED", "$(id)", "G T", "-o/etc/passwd "} {
		got = har.Recorded{}
		err := har.Read(strings.NewReader(file(method)), visit)
		if got.Exchange.Request.Method != "" || err == nil && got.Gap == "" {
			t.Errorf("method %q is taken", method)
		}
	}
}
