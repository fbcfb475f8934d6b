package config_test

import (
	"strings"
	"testing"

	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// The form of a credential depends on its scheme: a value that cannot be sent is refused,
// without showing it.
func TestCredentialsByScheme(t *testing.T) {
	for value, trouble := range map[string]string{
		"k-4711-abcdefgh":       "",
		"Token k-4711-abcdefgh": "",
		"ada:pass word åäö":     "",
		"k-4711 ":               "the value begins or ends with a space",
		"k-47\n11":              "the value holds a line break",
		"k-47\x0111":            "the value holds a control character",
	} {
		cfg, err := settings.Load(nil, []string{"HOSTUP_BASE_URL=https://x", config.AuthVariable("key") + "=" + value}, "")
		switch {
		case trouble == "" && err != nil:
			t.Errorf("%q: %v", value, err)
		case trouble == "" && cfg.Credential("primary", "key") != value:
			t.Errorf("%q: credential %q", value, cfg.Credential("primary", "key"))
		case trouble != "" && (err == nil || !strings.Contains(err.Error(), trouble) || strings.Contains(err.Error(), "4711")):
			t.Errorf("%q: error %v, want %q without the value", value, err, trouble)
		}
	}
}
