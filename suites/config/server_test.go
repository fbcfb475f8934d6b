package config_test

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/suites/internal/shipped"
)

// TestServer: an @ is a character of a path like any other (RFC 3986 section 3.3), and
// ends credentials in front of a host.
func TestServer(t *testing.T) {
	const credentials = "the URL holds credentials"
	for given, want := range map[string]string{
		"https://api.example.com/v1/@me/": "https://api.example.com/v1/@me",
		"https://API.example.com":         "https://api.example.com",
		"https://u:p@api.example.com/v1":  credentials,
		"https://u:p/w@api.example.com":   credentials,
		"u:p@api.example.com/v1":          credentials,
		"api.example.com/v1":              `want an absolute URL such as http://api.example.com/v1, got "api.example.com/v1"`,
	} {
		got, err := shipped.Names().Server(given)
		if err != nil {
			got = err.Error()
		}
		if want == credentials {
			got, _, _ = strings.Cut(got, ":")
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", given, got, want)
		}
	}
}
