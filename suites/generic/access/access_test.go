package access_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/areatest"
)

const families = "auth || scope || ownership"

var area = areatest.New("access")

func TestCleanServer(t *testing.T) {
	r := area.Run(t, nil, config.Pay, families)
	if ids := area.Found(r); len(ids) > 0 {
		t.Errorf("the clean server has findings of %v", ids)
	}
	for _, s := range area.Specs(r) {
		if s.Outcome != reporters.Passed {
			t.Errorf("%s: %s %v", s.Name, s.Outcome, s.Skip)
		}
	}
	if n := len(area.Specs(r)); n < 90 {
		t.Errorf("%d specs, want at least 90", n)
	}
	if len(r.Created) > 0 {
		t.Errorf("the specs of access created %v at a sound target", r.Created)
	}
}

// A read-only run sends nothing that a broken server could carry out, and says so.
func TestReadOnly(t *testing.T) {
	var (
		mu    sync.Mutex
		wrote []string
	)
	r := area.Run(t, func(rules *refserver.Rules) {
		rules.Answer = func(a *refserver.Answer) {
			if a.Call.Request.Method == http.MethodPost {
				mu.Lock()
				defer mu.Unlock()
				wrote = append(wrote, a.Call.Request.URL.Path)
			}
		}
	}, config.ReadOnly, families)
	if len(wrote) > 0 {
		t.Errorf("a read-only run sent POST to %v", wrote)
	}
	for _, s := range area.Specs(r) {
		if strings.HasPrefix(s.Operation, "POST") && (s.Outcome != reporters.Skipped || s.Skip.Code != reporters.SkipSafety) {
			t.Errorf("%s: %s %v, want skipped for safety", s.Name, s.Outcome, s.Skip)
		}
	}
}

// Credentials that resemble a valid one contain most of it: no report shows that.
func TestNoSecretInReport(t *testing.T) {
	server, err := refserver.New(refserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	secret := server.Credentials()
	r := area.Run(t, func(rules *refserver.Rules) {
		rules.Authenticate = func(*refserver.Call) (refserver.Principal, *refserver.Refusal) {
			return refserver.Principal{}, &refserver.Refusal{Status: 402, Code: "odd"} // so that every exchange is shown
		}
	}, config.Pay, families)
	var text strings.Builder
	for _, x := range r.Exchanges {
		text.WriteString(x.Curl)
		text.WriteString(x.Request.Line)
		for _, h := range x.Request.Headers {
			text.WriteString(h.Name + ": " + h.Value + "\n")
		}
	}
	for _, s := range []string{secret.APIKey, secret.Session} {
		if strings.Contains(text.String(), s[:len(s)-1]) {
			t.Error("the report holds a credential without its last character")
		}
	}
	if len(r.Exchanges) < 20 {
		t.Errorf("%d exchanges in the report, want those of all findings", len(r.Exchanges))
	}
}
