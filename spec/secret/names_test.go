package secret_test

import (
	"testing"

	"github.com/hostup/api-conformance/spec/secret"
)

// Names of headers, parameters and properties follow one rule.
func TestNames(t *testing.T) {
	const made = "a1b2c3d4e5f6"
	for _, test := range []struct {
		name                        string
		header, parameter, property bool
	}{
		{"Authorization", true, true, true},
		{"Proxy-Authorization", true, true, true},
		{"X-Authorization", true, true, true},
		{"Cookie", true, true, true},
		{"Set-Cookie", true, true, true},
		{"X-API-Key", true, true, true},
		{"X-Goog-Api-Key", true, true, true},
		{"Ocp-Apim-Subscription-Key", true, true, true},
		{"X-Functions-Key", true, true, true},
		{"X-RapidAPI-Key", true, true, true},
		{"X-CSRF-Token", true, true, true},
		{"X-XSRF-TOKEN", true, true, true},
		{"X-Access-Token", true, true, true},
		{"Private-Token", true, true, true},
		{"X-Amz-Security-Token", true, true, true},
		{"X-Vault-Token", true, true, true},
		{"CF-Access-Client-Secret", true, true, true},
		{"X-Session-Id", true, true, true},
		{"X-Hub-Signature-256", true, true, true},
		{"X-Shopify-Hmac-Sha256", true, true, true},
		{"Stripe-Signature", true, true, true},
		{"X-Amz-Signature", true, true, true},
		{"X-Amz-Credential", true, true, true},
		{"accessToken", true, true, true},
		{"id_token", true, true, true},
		{"refresh_token", true, true, true},
		{"client_secret", true, true, true},
		{"webhookSecret", true, true, true},
		{"password", true, true, true},
		{"password_hash", true, true, true},
		{"newPassword", true, true, true},
		{"otp", true, true, true},
		{"jwt", true, true, true},
		{"secretAccessKey", true, true, true},
		{"private_key", true, true, true},
		{"cvc", true, true, true},
		{"creditCardNumber", true, true, true},
		{"hostup_session", true, true, false},
		{"sig", true, true, false},
		{"signature", true, true, false},
		{"code_verifier", true, true, false},
		{"client_assertion", true, true, false},
		{"code", false, true, false},
		{"key", true, true, false},
		{"pan", false, true, true},
		{"X-Api-Auth", true, true, true},
		{"Authentication", true, false, false},
		{"Authorisation", true, false, false},
		{"X-PIN", true, true, true},
		{"Jenkins-Crumb", true, true, true},
		{"X-WP-Nonce", true, true, true},
		{"API-Sign", true, true, true},
		{"X-Docusign-Signature-1", true, true, true},
		{"X-Honeycomb-Team", true, true, true},
		{"password1", true, true, true},
		{"password_confirmation", true, true, true},
		{"passwordSalt", true, true, true},
		{"passwordMd5", true, true, true},
		{"lösenord", true, true, true},
		{"autoStartToken", true, true, true},
		{"unlock_token", true, true, true},
		{"eppCode", true, true, true},
		{"client-key-data", true, true, true},
		{"preSharedKey", true, true, true},
		{"smtp_pass", true, true, true},
		{"connect.sid", false, true, false},
		{".AspNet.ApplicationCookie", false, true, false},
		{"remember_me", true, true, false},

		{"X-Monkey", false, false, false},
		{"keyboard", false, false, false},
		{"secretary", false, false, false},
		{"breadcrumb", false, false, false},
		{"bypass", false, false, false},
		{"X-Event-Key", false, false, false},
		{"translation_key", false, false, false},
		{"nextSequenceToken", false, false, false},
		{"maskedCardNumber", false, false, false},
		{"tokenCount", false, false, false},
		{"passwordPolicy", false, false, false},
		{"X-Auth-User", false, false, false},
		{"username", false, false, false},
		{"address2", false, false, false},
		{"Idempotency-Key", false, false, false},
		{"Sec-WebSocket-Key", false, false, false},
		{"Surrogate-Key", false, false, false},
		{"X-Cache-Key", false, false, false},
		{"X-Request-Id", false, false, false},
		{"ETag", false, false, false},
		{"Content-Type", false, false, false},
		{"WWW-Authenticate", false, false, false},
		{"X-Continuation-Token", false, false, false},
		{"Signature-Input", false, false, false},
		{"nextPageToken", false, false, false},
		{"page_token", false, false, false},
		{"continuationToken", false, false, false},
		{"syncToken", false, false, false},
		{"tokenType", false, false, false},
		{"token_endpoint", false, false, false},
		{"maxTokens", false, false, false},
		{"tokens", false, false, false},
		{"passwordChangedAt", false, false, false},
		{"hasPasswordSet", false, false, false},
		{"accessKeyId", false, false, false},
		{"secretName", false, false, false},
		{"apiKeyId", false, false, false},
		{"timespan", false, false, false},
		{"primary_key", false, false, false},
		{"cursor", false, false, false},
		{"description", false, false, false},
		{"currencyCode", false, false, false},
		{"status", false, false, false},
		{"", false, false, false},
	} {
		if got := secret.Header(test.name); got != test.header {
			t.Errorf("header %s: %v", test.name, got)
		}
		if got := secret.Parameter(test.name, made); got != test.parameter {
			t.Errorf("parameter %s: %v", test.name, got)
		}
		if got := secret.Property(test.name); got != test.property {
			t.Errorf("property %s: %v", test.name, got)
		}
	}
	for value, want := range map[string]bool{"SE": false, "402": false, "not_found": false, "invalid_request": false, "4/0AX4XfWh1b2c3": true, "qcodSECRETVALUE105": true} {
		if got := secret.Parameter("code", value); got != want {
			t.Errorf("code=%s: %v", value, got)
		}
	}
}

func TestNamed(t *testing.T) {
	var names secret.Names
	for text, want := range map[string]string{
		`{"token":"abc","n":1}`:                                       `"abc"`,
		`{'X-CSRF-Token': 'abc'}`:                                     `'abc'`,
		"GET / HTTP/1.1\r\nX-Access-Token: abc\r\nAccept: x":          "abc",
		"https://x.test/a?code=4/0AX4XfWh1b2c3&state=1":               "4/0AX4XfWh1b2c3",
		`{"next":"https://x.test/a?sv=1\u0026sig=a1b2c3d4e5f6%3D"}`:   "a1b2c3d4e5f6%3D",
		"https://b.test/o?X-Amz-Credential=AKIA1&X-Amz-Date=20260427": "AKIA1",
		"failed with code=a1b2c3d4e5f6":                               "",

		// Lists of secrets, and what only says that there is one.
		`{"recovery_codes": ["a1-b2", "c3-d4"], "n":1}`:                        `"a1-b2", "c3-d4"`,
		`{\"apiKeys\":[\"a1\",\"b2\"]}`:                                        `\"a1\",\"b2\"`,
		`{"passwords":[],"password":["too short"],"tokens":["a"],"apiKeys":3}`: "",
		"https://x.test/a?has_password=true":                                   "",

		// Ambiguous names, in a property too: the value decides.
		`{"hmac":"a1b2c3d4e5f6","sid":"a1b2c3d4e5f6"}`:                      `"a1b2c3d4e5f6""a1b2c3d4e5f6"`,
		`{"session":"2026-11-27T10:00:00Z","key":"invoice"}`:                "",
		`{"auth":"https://id.example/login24","pass":12,"signature":"Eva"}`: "",
		`{"connectionString":"Server=db;Pwd=x","securityCode":"123"}`:       `"Server=db;Pwd=x""123"`,

		// Texts in which the value itself shows it.
		`{"detail":"sent Bearer abcdef0123456789"}`:                           "abcdef0123456789",
		`{"detail":"bearer of good news"}`:                                    "",
		`{"a":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"}`:       "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
		"<user><name>Eva</name><n:password>abc</n:password></user>":           "abc",
		"Content-Disposition: form-data; name=\"password\"\r\n\r\nabc\r\n--x": "abc",
		"Content-Disposition: form-data; name=\"city\"\r\n\r\nabc\r\n--x":     "",
		`{"error":{"code":"a1b2c3d4e5f6"},"nextPageToken":"a1b2c3d4e5f6"}`:    "",
		"see https://x.test/?page=2&code=SE":                                  "",
	} {
		got := ""
		for _, v := range names.Values(text) {
			got += text[v.Start:v.End]
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
