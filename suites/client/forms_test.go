package client

import (
	"testing"

	"github.com/hostup/api-conformance/suites/request"
)

// TestCredentialForms: each form has the same meaning as the usual one.
func TestCredentialForms(t *testing.T) {
	for form, want := range map[request.Form]string{
		"":                   "Bearer k",
		request.LowerScheme:  "bearer k",
		request.UpperScheme:  "BEARER k",
		request.WideScheme:   "Bearer  k",
		request.CookieMiddle: "Bearer k",
	} {
		if got := bearerScheme(form) + "k"; got != want {
			t.Errorf("%s: %q, want %q", form, got, want)
		}
	}
	for form, want := range map[request.Form]string{
		"":                   "s=v",
		request.CookieLast:   "theme=dark; consent=necessary; s=v",
		request.CookieFirst:  "s=v; theme=dark; consent=necessary",
		request.CookieMiddle: "old_s=1; s=v; s_hint=1",
		request.LowerName:    "s=v",
	} {
		if got := cookies("s", "v", form); got != want {
			t.Errorf("%s: %q, want %q", form, got, want)
		}
	}
	if got := fieldName("X-Api-Key", request.LowerName); got != "x-api-key" {
		t.Errorf("field name %q", got)
	}
}
