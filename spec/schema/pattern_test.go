package schema

import "testing"

func TestECMA(t *testing.T) {
	for _, c := range []struct {
		pattern, value string
		want           bool
	}{
		{`^txn_[0-9a-z]{4}$`, "txn_01ab", true},
		{`^a$`, "a\n", false},
		{`^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$`, "12.50", true}, // a Decimal in Pydantic
		{`^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$`, "-.", false},
		{`^\u00e5\u{1F600}$`, "å😀", true},
		{`^[a-z]{1,2000}$`, "abc", true},
		{`^\d$`, "٣", false},
		{`^\s$`, "\u00a0", true},
		{`^[^\s]+$`, "a\u3000", false},
		{`^\S+$`, "a\ufeff", false},
		{`^[\s\S]*$`, "any\nthing", true},
		{`^[\S\n]*$`, "any\n\U0010ffff\x00", true},
		{`^[\S\n]*$`, "any thing", false},
		{`^[^\S ]*$`, "\t\u3000\ufeff", true},
		{`^[^\S ]*$`, "a", false},
		{`^\p{L}+$`, "Åsa", true},
		{`^\/v\d\/x\-y$`, "/v1/x-y", true},
		{`^[a-z]+\Z`, "abc", true}, // a Python pattern
		{`^(a)\1$`, "aa", true},
		{`^\cJ$`, "\n", true},
		{`^[\b]$`, "\b", true},
		{`^[]$`, "", false},
		{`^[^]$`, "\n", true},
		{`^(?<year>\d{4})-\k<year>$`, "2026-2026", true},
		{`^\uD83D\uDE00$`, "😀", true},
		{`^\ud83d\ude00$`, "😁", false},
		{`^[\uD800-\uDBFF][\uDC00-\uDFFF]$`, "😀", true}, // halves of a character
		{`^.$`, "\u2028", false},
		{`^[.]\.$`, "a.", false},
		{`(a+)+b$`, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false},
	} {
		re, err := ECMA(c.pattern)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
		} else if got := re.MatchString(c.value); got != c.want {
			t.Errorf("%s matches %q: got %v", c.pattern, c.value, got)
		}
	}
	for _, bad := range []string{"(", "[", `(?<`, "*"} {
		if _, err := ECMA(bad); err == nil {
			t.Errorf("%s compiles", bad)
		}
	}
}
