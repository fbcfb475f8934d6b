package env_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup"
	"github.com/hostup/api-conformance/suites/internal/targettest"
)

// TestOutageHints: what to look at follows from what the target says, and the target is
// quoted, without the key and in one line.
func TestOutageHints(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 200)
	for name, tt := range map[string]struct {
		status             int
		mediaType, body    string
		location           string // PATH and HOST are those of the request
		challenge          string
		wants, mustNotHave []string
	}{
		"a log-in elsewhere":       {status: 302, location: "https://sso.example.com/login?next=PATH", wants: []string{"asks for a log-in"}, mustNotHave: []string{"with https", "give the base URL https"}},
		"a log-in here":            {status: 303, location: "/login", wants: []string{`it leads to "/login"`, "asks for a log-in"}},
		"TLS":                      {status: 308, location: "https://HOSTPATH", wants: []string{"give the base URL with https"}},
		"another host":             {status: 301, location: "https://api.example.com:8443PATH", wants: []string{"give the base URL https://api.example.com:8443"}},
		"itself":                   {status: 302, location: "PATH", mustNotHave: []string{"with https", "give the base URL"}},
		"no address":               {status: 302, location: "https://[", mustNotHave: []string{"with https", "give the base URL"}},
		"an error":                 {status: 503, mediaType: "application/json", body: `{"error": "database is` + "\n" + `read-only"}`, wants: []string{`it says: {"error": "database is read-only"}`}},
		"a page":                   {status: 503, mediaType: "text/html", body: "<html><Title lang=en>Back at 5&nbsp;pm &amp; later</title><h1>no</h1>", wants: []string{"it says: Back at 5 pm & later"}},
		"a page without a title":   {status: 503, mediaType: "text/html", body: "<html><p>" + long, mustNotHave: []string{"it says"}},
		"a long text":              {status: 500, mediaType: "text/plain", body: long, wants: []string{"it says: " + long[:120] + "…"}},
		"a text that has the key":  {status: 401, mediaType: "text/plain", body: "no such key: " + targettest.Canary, wants: []string{"it says: no such key: ‹redacted"}, mustNotHave: []string{targettest.Canary[:8]}},
		"a digest":                 {status: 401, challenge: `Digest realm="x", nonce="y"`, wants: []string{`the target asks for Digest realm="x", nonce="y": something before the API wants a user name and a password, which this run does not send`}},
		"a network":                {status: 401, challenge: "Negotiate", wants: []string{"the target asks for Negotiate: something before the API wants a log-in of its network"}},
		"its own scheme":           {status: 401, challenge: `Bearer realm="api"`, wants: []string{"see whether the key is valid"}, mustNotHave: []string{"something before"}},
		"the network wants log-in": {status: 511, mediaType: "text/html", wants: []string{"the network between here and the target"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", tt.mediaType)
				if tt.challenge != "" {
					w.Header().Set("WWW-Authenticate", tt.challenge)
				}
				w.Header().Set("Location", strings.NewReplacer("PATH", r.URL.Path, "HOST", r.Host).Replace(tt.location))
				w.WriteHeader(tt.status)
				fmt.Fprint(w, tt.body)
			}))
			defer server.Close()
			cfg := targettest.Config(server.URL)
			cfg.Safety, cfg.RequestTimeout = config.ReadOnly, 2*time.Second
			e := env.New(contract, cfg, targettest.Client(t, cfg), 1)
			e.Pack = hostup.Pack()
			outage, _, err := e.Preflight(t.Context())
			if err != nil || outage == nil {
				t.Fatalf("outage %+v, error %v", outage, err)
			}
			hints := strings.Join(outage.Hints, "\n")
			for _, want := range tt.wants {
				if !strings.Contains(hints, want) {
					t.Errorf("no %q in\n%s", want, hints)
				}
			}
			for _, not := range tt.mustNotHave {
				if strings.Contains(hints, not) {
					t.Errorf("%q in\n%s", not, hints)
				}
			}
		})
	}
}
