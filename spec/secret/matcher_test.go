package secret_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/hostup/api-conformance/spec/secret"
)

const key = "hu_live/9f8e7d6c+5b=4A"

// A found secret says how much of it was found.
func TestFind(t *testing.T) {
	m := secret.NewMatcher(func(word string) bool { return word == "hu_live_docs" }, secret.Secret{Name: "A", Value: key}, secret.Secret{Name: "B", Value: "short"})
	for _, test := range []struct {
		text, found   string
		whole, usable bool
	}{
		{"x " + key + " y", key, true, true},
		{strings.ToUpper(key), strings.ToUpper(key), true, true},
		{`hu_live\/9f8e7d6c\u002b5b\u003d4A`, `hu_live\/9f8e7d6c\u002b5b\u003d4A`, true, true},
		{"/a/hu_live~19f8e7d6c+5b=4A/b", "hu_live~19f8e7d6c+5b=4A", true, true},
		{"?k=hu_live%2F9f8e7d6c%2B5b%3D4A&b", "hu_live%2F9f8e7d6c%2B5b%3D4A", true, true},
		{"hu_live%252F9f8e7d6c%252B5b%253D4A", "hu_live%252F9f8e7d6c%252B5b%253D4A", true, true},
		{"hu_live/9f8e7d6c 5b=4A", "hu_live/9f8e7d6c 5b=4A", true, true},
		{"hu_live&#x2F;9f8e7d6c&#43;5b&equals;4A", "hu_live&#x2F;9f8e7d6c&#43;5b&equals;4A", true, true},
		{`hu_live\u0026#x2F;9f8e7d6c+5b=4A`, `hu_live\u0026#x2F;9f8e7d6c+5b=4A`, true, true},
		{hex.EncodeToString([]byte(key)), hex.EncodeToString([]byte(key)), true, true},
		{"68:75:5F:6c:69:76:65:2f:39:66:38:65:37:64:36:63:2b:35:62:3d:34:41", "68:75:5F:6c:69:76:65:2f:39:66:38:65:37:64:36:63:2b:35:62:3d:34:41", true, true},
		{"00: 68 75 5f 6c 69 76 65 2f 39 66 38 65.", "68 75 5f 6c 69 76 65 2f 39 66 38 65", false, false},
		{"\xff\xfeh\x00u\x00_\x00l\x00i\x00v\x00e\x00/\x009\x00.", "h\x00u\x00_\x00l\x00i\x00v\x00e\x00/\x009\x00", false, false},
		{"key hu_live/9f8e7d6c+5… is unknown", "hu_live/9f8e7d6c+5", false, true},
		{"key hu_live/9… is unknown", "hu_live/9", false, false},
		{"the end 7d6c+5b=4A", "7d6c+5b=4A", false, false},
		{"the middle e7d6c+5b.", "e7d6c+5b", false, false},
		{"too little: hu_live, 5b=4A", "", false, false},
		{"the word hu_live_docs", "", false, false},
		{"backwards: A4=b5+c6d7e8f9/evil_uh.", "A4=b5+c6d7e8f9/evil_uh", true, true},
		{"ｈｕ＿ｌｉｖｅ／９ｆ８ｅ７ｄ６ｃ＋５ｂ＝４Ａ", "ｈｕ＿ｌｉｖｅ／９ｆ８ｅ７ｄ６ｃ＋５ｂ＝４Ａ", true, true},
		{`\uff48\uff55_live/9f8e7d6c+5b=4A`, `\uff48\uff55_live/9f8e7d6c+5b=4A`, true, true},
		{"%EF%BD%88u_live/9f8e7d6c+5b=4A", "%EF%BD%88u_live/9f8e7d6c+5b=4A", true, true},
		{"hu_live\u200b/9f8e\u200b\u200d7d6c+\u00ad5b=4A.", "hu_live\u200b/9f8e\u200b\u200d7d6c+\u00ad5b=4A", true, true},
		{`hu_live\u200b/9f8e7d6c+5b%E2%80%8B=4A`, `hu_live\u200b/9f8e7d6c+5b%E2%80%8B=4A`, true, true},
		{"\ufeffhu_live/9f8e7d6c+5b=4A\u200b", "hu_live/9f8e7d6c+5b=4A", true, true}, // around it
		{`\u200b%E2%80%8Bhu_live/9f8e7d6c+5b=4A`, "hu_live/9f8e7d6c+5b=4A", true, true},
		{"“quoted” – and ‹marked› and å, ä", "", false, false},
		{"a short one", "short", true, true},
		{"shorter, foreshort", "", false, false},
	} {
		all := m.Find(test.text)
		switch {
		case test.found == "" && len(all) == 0:
		case len(all) != 1:
			t.Errorf("%s: %v", test.text, all)
		default:
			f := all[0]
			if got := test.text[f.Start:f.End]; got != test.found || f.Whole() != test.whole || f.Usable() != test.usable {
				t.Errorf("%s: %q, whole %v, usable %v", test.text, got, f.Whole(), f.Usable())
			}
		}
	}
}

// Wherever a text contains eight characters of a secret, in any spelling, none of them
// remains outside of what is found.
func TestFindProperty(t *testing.T) {
	noise := rapid.SampledFrom([]string{"", "a", "x=", `{"id":"`, "\\", "%", "&", "~", " ", "öl", "2026-04-27T12:00:00Z", strings.Repeat("lorem ipsum ", 5), "%41", "\\n", "hu_"})
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[A-Za-z0-9_+/=.!~&%-]{10,60}`).Draw(t, "value")
		from := rapid.IntRange(0, len(value)-8).Draw(t, "from")
		to := rapid.IntRange(from+8, len(value)).Draw(t, "to")
		part := value[from:to]
		if strings.Trim(part, "0123456789-:.TtZz+ ") == "" {
			t.Skip("digits as every answer has some")
		}
		spelled := map[string]string{
			"raw": part, "upper": strings.ToUpper(part), "lower": strings.ToLower(part), "query": url.QueryEscape(part), "twice": url.QueryEscape(url.QueryEscape(part)),
			"html": html.EscapeString(part), "slashes": strings.ReplaceAll(part, "/", `\/`), "pointer": strings.NewReplacer("~", "~0", "/", "~1").Replace(part),
			"entities": each(part, "&#%d;"), "open entities": each(part, "&#%d") + " ", "open hexadecimal entities": each(part, "&#x%x") + " ", "quoted-printable": each(part, "=%02X"), "soft line breaks": part[:3] + "=\r\n" + part[3:6] + `=\r\n` + part[6:], "octal": each(part, `\%03o`), "braces": each(part, `\u{%x}`), "JSON": each(part, `\u%04x`), "Go": each(part, `\x%02X`),
			"base64 upper": base64.StdEncoding.EncodeToString([]byte(strings.ToUpper(part))), "hex lower": hex.EncodeToString([]byte(strings.ToLower(part))),
			"hex": hex.EncodeToString([]byte(part)), "base64": base64.StdEncoding.EncodeToString([]byte(part)), "base64 url": base64.RawURLEncoding.EncodeToString([]byte("u:" + part)),
		}
		before := strings.Join(rapid.SliceOfN(noise, 0, 6).Draw(t, "before"), "")
		after := strings.Join(rapid.SliceOfN(noise, 0, 6).Draw(t, "after"), "")
		m := secret.NewMatcher(nil, secret.Secret{Name: "other", Value: "another-credential-1"}, secret.Secret{Name: "A", Value: value})
		for name, s := range spelled {
			text := before + s + after
			left := text
			for _, f := range m.Find(text) {
				left = strings.Replace(left, text[f.Start:f.End], "\x00", 1)
			}
			width := 8 * len(s) / len(part)
			for i := 0; i+width <= len(s); i++ {
				if strings.Contains(left, s[i:i+width]) && !strings.Contains(before+"\x00"+after, s[i:i+width]) {
					t.Fatalf("%s: %q of %q is left of %q: %q", name, s[i:i+width], value, text, left)
				}
			}
		}
	})
}

// each returns every byte of s in a format.
func each(s, format string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, format, c)
	}
	return b.String()
}

func TestFindCard(t *testing.T) {
	for text, want := range map[string]string{
		`{"number":"4242424242424242"}`:                 "4242",
		`{"cardNumber": 4242424242424242}`:              "4242",
		`{"cardReference":"4242424242424242"}`:          "4242",
		"Kort 4242424242424242.":                        "4242",
		`{"ocr":"4242424242424242"}`:                    "",
		`{"OCR": 4242424242424242}`:                     "",
		`{"ocrNumber":"4242 4242 4242 4242"}`:           "",
		`{"reference":"4242424242424242"}`:              "",
		`{"paymentReference":"4242424242424242"}`:       "",
		`{"payment_reference":"4242424242424242"}`:      "",
		`{"invoiceNumber":"4242424242424242"}`:          "",
		`{"fakturanummer":"4242424242424242"}`:          "",
		`{"id":4242424242424242}`:                       "",
		`{"order_id":"4242424242424242"}`:               "",
		`{"invoiceIds":[1, 4242424242424242]}`:          "",
		`{"text":"Betala med OCR 4242424242424242"}`:    "",
		`{"href":"/invoices/4242424242424242"}`:         "",
		`{"href":"https:\/\/x\/i?id=4242424242424242"}`: "",
		"X-Request-Id: 4242424242424242":                "",

		// Groups, with spaces as URLs, forms, JSON and HTML have them.
		"/cards?q=4242%204242%204242%204242":                  "4242",
		"q=4242+4242+4242+4242&page=1":                        "4242",
		"note=card+4242+4242+4242+4242+declined":              "4242",
		"note=card+4242424242424242+declined":                 "4242",
		"note=card%204242%204242%204242%204242%20declined":    "4242",
		"next=%2Fcards%3Fq%3D4242%25204242%25204242%25204242": "4242",
		"{\"text\":\"4242\u00a04242\u00a04242\u00a04242\"}":   "4242",
		`{"text":"4242\u00a04242\u00a04242\u00a04242"}`:       "4242",
		"<td>4242&nbsp;4242&nbsp;4242&nbsp;4242</td>":         "4242",
		"q=3782+822463+10005":                                 "0005",
		"q=4242+4242%204242+4242":                             "",
		"q=ocr+4242+4242+4242+4242":                           "",
		"q=invoice%204242%204242%204242%204242":               "",
		"q=invoice%204242424242424242":                        "",
		`{"text":"call +4222222222222"}`:                      "", // 13 digits, as a phone number may have
		"sum=4242+4242+4242+4242+4242":                        "",
		"1.5e+4242424242424242x":                              "",

		// Cards, whatever is beside them.
		`{"primaryAccountNumber":"4242424242424242"}`:             "4242",
		`{"cards":[{"id":"card_1","number":"4242424242424242"}]}`: "4242",
		`{"orderId":"o1","number":"4242424242424242"}`:            "4242",
		`{"source":{"type":"card","number":"4242424242424242"}}`:  "4242",
		`{"order":{"id":"1"},"number":"4242424242424242"}`:        "4242",
		`{"kortnummer":"4242424242424242"}`:                       "4242",
		`{"detail":"card no. 4242424242424242 was declined"}`:     "4242",
		"<card>4242424242424242</card>":                           "4242",
		"X-Card: 4242424242424242":                                "4242",

		// What has a number without being a card: things, times, quantities.
		`{"tracking_no":"4242424242424242"}`:                          "",
		`{"parcelNumber":"4242424242424242"}`:                         "",
		`{"tracking":{"carrier":"x","number":"4242424242424242"}}`:    "",
		`{"references":[{"value":"1"},{"value":"4242424242424242"}]}`: "",
		`{"r":[{"type":"ocr","value":"4242424242424242"}]}`:           "",
		`{"kontonummer":"4242424242424242"}`:                          "",
		`{"accountNo":"4242424242424242"}`:                            "",
		`{"organisationsnummer":"4242424242424242"}`:                  "",
		`{"Rechnungsnummer":"4242424242424242"}`:                      "",
		`{"card":{"accountNo":"4242424242424242"}}`:                   "4242",
		`{"bookingNumber":"4242424242424242"}`:                        "",
		`{"kundnr":"4242424242424242"}`:                               "",
		`{"giftCardNumber":"4242424242424242"}`:                       "",
		`{"meterNumber":"4242424242424242"}`:                          "",
		`{"phone":"4222222222222"}`:                                   "",
		`{"totalBytes":4242424242424242}`:                             "",
		`{"durationNs":4242424242424242}`:                             "",
		`{"expires":4222222222222}`:                                   "",
		`{"revision":4242424242424242}`:                               "",
		`{"description":"Payment for invoice 4242424242424242"}`:      "",
		`{"description":"Order no. 4242424242424242"}`:                "",
		`{"message":"Faktura 4242424242424242 är betald"}`:            "",
		"<ns:TrackingNumber>4242424242424242</ns:TrackingNumber>":     "",
		`{"next":"https://x.test/a?after=4242424242424242"}`:          "",
		`ETag: "4242424242424242"`:                                    "",
	} {
		if got := secret.FindCard(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// An equals sign in front of a credential is no part of it, even at the end of a line,
// where quoted-printable has it for a line that goes on; within a credential it is.
func TestFindBehindEquals(t *testing.T) {
	const key = "hup_live_0123456789abcdef"
	m := secret.NewMatcher(nil, secret.Secret{Name: "A", Value: key})
	for text, want := range map[string]string{
		"x=" + key:                      key,
		"=\r\n" + key:                   key,
		`=\n` + key:                     key,
		"=68" + key[1:]:                 "=68" + key[1:],
		key[:4] + "=\n" + key[4:]:       key[:4] + "=\n" + key[4:],
		key[:4] + "=\r\n=6C" + key[5:]:  key[:4] + "=\r\n=6C" + key[5:],
		"=\n" + key[:9] + "=\n" + "end": key[:9],
	} {
		got := ""
		for _, f := range m.Find(text) {
			got += text[f.Start:f.End]
		}
		if got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}
