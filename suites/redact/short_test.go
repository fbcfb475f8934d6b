package redact_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/redact"
)

// TestNameThatHoldsACredential: what replaces a value names its place, unless that name
// holds a credential.
func TestNameThatHoldsACredential(t *testing.T) {
	const key = "secret-key-0123456789"
	r := redact.New("", redact.Credential{Name: "API_KEY", Value: key})
	for _, name := range []string{"X-Session-" + key + "-Token", key + "_password"} {
		ex := r.Exchange(spec.Exchange{Response: &spec.Response{Header: http.Header{name: {"other"}}, Body: []byte(`{"` + name + `":"other"}`)}})
		if text := fmt.Sprint(ex.Response.Header, string(ex.Response.Body), r.Text(name+": other")); strings.Contains(text, key[:8]) || strings.Contains(text, "other]") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// TestNothingShownIsEndless: what a target names, sends in a header or repeats in headers
// takes kilobytes of a result, and the secrets in it are found all the same.
func TestNothingShownIsEndless(t *testing.T) {
	const key, most = "secret-key-0123456789", 5000
	r := redact.New("", redact.Credential{Name: "API_KEY", Value: key})
	long := strings.Repeat("ä", 2040) + key + strings.Repeat("n", 1<<20)
	f := r.Finding(spec.Finding{Where: "$." + long, Pointer: "/" + long, Want: long, Got: long})
	for name, text := range map[string]string{"where": f.Where, "pointer": f.Pointer, "want": f.Want, "got": f.Got, "place": r.Place(long)} {
		if len(text) > most || strings.Contains(text, key[:8]) || !strings.HasSuffix(text, " bytes)") {
			t.Errorf("%s: %d bytes: …%s", name, len(text), text[max(0, len(text)-60):])
		}
	}
	if got := r.Place("$.entries[*].amount"); got != "$.entries[*].amount" {
		t.Errorf("a short place: %q", got)
	}

	head := http.Header{"X-Long": {long}}
	for i := range 5000 {
		head[fmt.Sprintf("X-%d", i)] = []string{"v"}
	}
	shown := r.Report(spec.Exchange{Response: &spec.Response{Proto: "HTTP/1.1", Status: 200, Header: head}}, "spec").Response
	sum := 0
	for _, h := range shown.Headers {
		sum += len(h.Name) + len(h.Value)
	}
	if kept := len(shown.Headers); kept+shown.HeadersCut != len(head) || shown.HeadersCut == 0 || sum > 2*most {
		t.Errorf("%d headers of %d bytes are shown, %d are not", kept, sum, shown.HeadersCut)
	}
}
