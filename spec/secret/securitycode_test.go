package secret

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Searching only after quotation marks finds the same as the expression does anywhere.
func TestFindSecurityCode(t *testing.T) {
	anywhere := regexp.MustCompile(strings.TrimPrefix(securityCode.String(), "^"))
	part := rapid.SampledFrom([]string{
		`"`, `"`, `"cvc`, `"CVV`, `"cvv2`, `"card`, `"Card_`, `verification`, `Verification_`, `value`, `_code`,
		`"security`, `"ſecurity_`, `"SECURITY`, `code`, `"cv`, `currency`, `\"`, ` `, `:`, `": "`, `":`, `123`, `4567`, `"`, "\n", `,`,
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(part, 0, 12).Draw(t, "parts"), "")
		var want string
		if m := anywhere.FindStringSubmatch(text); m != nil {
			want = m[1]
		}
		if got := FindSecurityCode(text); got != want {
			t.Fatalf("FindSecurityCode(%s) = %q, want %q", text, got, want)
		}
	})
	for text, want := range map[string]string{
		`{"currencyCode":"123","cvc":"737"}`:          "cvc",
		`{"a":{"CardVerification_Value" : 7373}}`:     "CardVerification_Value",
		`{"ſecurityCode":1234}`:                       "ſecurityCode",
		`{"securityCode":12345}`:                      "",
		`{"description":"the cvc is 123","cvc":null}`: "",
		`{"cvv":"12`: "", `"cv`: "", `"`: "", ``: "",
	} {
		if got := FindSecurityCode(text); got != want {
			t.Errorf("FindSecurityCode(%s) = %q, want %q", text, got, want)
		}
	}
}
