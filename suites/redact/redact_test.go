package redact_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/suites/internal/targettest"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
)

func TestRedactText(t *testing.T) {
	r := targettest.Given("", "api-key", targettest.Canary, "session", targettest.CanarySession).Redactor()
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"nothing here", "nothing here"},
		{"key " + targettest.Canary + ".", "key ‹redacted HOSTUP_API_KEY›."},
		{"a" + targettest.Canary + targettest.CanarySession, "a‹redacted HOSTUP_API_KEY›‹redacted HOSTUP_SESSION›"},
		{"?k=" + url.QueryEscape(targettest.Canary) + "&p", "?k=‹redacted HOSTUP_API_KEY›&p"},
		{"key hup_live… of hup_liv", "key ‹redacted part of HOSTUP_API_KEY›… of hup_liv"},
		{base64.StdEncoding.EncodeToString([]byte(targettest.Canary + ":")), "‹redacted HOSTUP_API_KEY base64›"},
		{"x " + hex.EncodeToString([]byte(targettest.Canary)) + " y", "x ‹redacted HOSTUP_API_KEY hex› y"},
		{`{"token":"abc","n":1}`, `{"token":"‹redacted token›","n":1}`},
		{`{"Password" : "a\"b", "x": "y"}`, `{"Password" : "‹redacted Password›", "x": "y"}`},
		{`{"cvc":123,"cvv":"","accessToken":null,"password":false}`, `{"cvc":"‹redacted cvc›","cvv":"","accessToken":null,"password":false}`},
		{`{"api_key":"cut in the mid`, `{"api_key":"‹redacted api_key›"`},
		{`"{\"client_secret\":\"abc\"}"`, `"{\"client_secret\":\"‹redacted client_secret›\"}"`},
		{`{"timespan":"1","lifespan":2,"tokenType":"bearer"}`, `{"timespan":"1","lifespan":2,"tokenType":"bearer"}`},
		{"a=1&password=abc&b=2", "a=1&password=‹redacted password›&b=2"},
		{"Host: x\r\nAuthorization: Bearer abc\r\nCookie: a=b; c=d\r\n", "Host: x\r\nAuthorization: Bearer ‹redacted Authorization›\r\nCookie: a=‹redacted Cookie›; c=‹redacted Cookie›\r\n"},
		{"Bearer authentication is required", "Bearer authentication is required"},
		{"card 4111111111111111.", "card ‹card ending 1111›."},
		{`{"number":5555-5555 5555-4444}`, `{"number":‹card ending 4444›}`},
		{"see https://user:pa55@host/x, mail a:b@host", "see https://user:‹redacted password›@host/x, mail a:b@host"},
		{"3782 822463 10005", "‹card ending 0005›"},
		{`{"amount":98.4111111111111111}`, `{"amount":98.4111111111111111}`},
		{"v0.0.0-20261128202953-1a22d446c4fe 20261128202953007", "v0.0.0-20261128202953-1a22d446c4fe 20261128202953007"}, // times
		{"20261328202902", "‹card ending 2902›"},
		{"nr.4111111111111111", "nr.‹card ending 1111›"},
		{"4111111111111112 and 411111111111111111111111", "4111111111111112 and 411111111111111111111111"},
		{"0000000000000000 2026-06-25 14:30:00.123456789", "0000000000000000 2026-06-25 14:30:00.123456789"},
		{"hostup_session and hostup-conformance/1", "hostup_session and hostup-conformance/1"},
	} {
		got := r.Text(test.in)
		if got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.in, got, test.want)
		}
		if again := r.Text(got); again != got {
			t.Errorf("a second time: %s", again)
		}
	}
}

func TestRedactPublicWordsAndShortKeys(t *testing.T) {
	r := targettest.Given("", "api-key", "hostup_sess-1234567890", "session", "abc").Redactor()
	for in, want := range map[string]string{
		"hostup_session":         "hostup_session",
		"hostup_sess-1234567890": "‹redacted HOSTUP_API_KEY›",
		"hostup_sessX":           "‹redacted part of HOSTUP_API_KEY›X",
		"abc":                    "‹redacted HOSTUP_SESSION›",
		"x=abc;":                 "x=‹redacted HOSTUP_SESSION›;",
		"abcd dabc abc_ ab":      "abcd dabc abc_ ab",
	} {
		if got := r.Text(in); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}

func TestRedactExchange(t *testing.T) {
	r := targettest.Given("", "api-key", targettest.Canary).Redactor()
	u, err := url.Parse("https://x.test/api/" + url.PathEscape(targettest.Canary) + "/b?api_key=" + url.QueryEscape(targettest.Canary) + "&token=zzz")
	if err != nil {
		t.Fatal(err)
	}
	in := spec.Exchange{
		Request: spec.Request{
			Method: "POST", URL: u,
			Header: http.Header{
				"Authorization": {"Bearer " + targettest.Canary, "Basic " + base64.StdEncoding.EncodeToString([]byte(targettest.Canary+":")), "Bearer", "unknown secret"},
				"X-Api-Key":     {"other"}, "Cookie": {"a=b; hostup_session=c"}, "Accept": {"text/plain"}, "X-Other": {targettest.Canary},
			},
			Body: []byte(`{"a":"` + targettest.Canary + `"}`),
		},
		Response: &spec.Response{
			Header:      http.Header{"Set-Cookie": {"hostup_session=fresh; Path=/; HttpOnly", "gone=; Max-Age=0"}},
			Body:        []byte("\xff" + targettest.Canary),
			ReadFailure: targettest.Canary,
		},
		Failure: "x " + targettest.Canary,
	}
	got := r.Exchange(in)
	if s := fmt.Sprintf("%+v %+v %s", got, got.Response, got.Request.URL); strings.Contains(s, targettest.Canary) || strings.Contains(s, "fresh") || strings.Contains(s, "zzz") {
		t.Error(s)
	}
	wantHeader := http.Header{
		"Authorization": {"Bearer ‹redacted HOSTUP_API_KEY›", "Basic ‹redacted HOSTUP_API_KEY base64›", "Bearer", "‹redacted Authorization›"},
		"X-Api-Key":     {"‹redacted X-Api-Key›"}, "Cookie": {"a=‹redacted Cookie›; hostup_session=‹redacted Cookie›"}, "Accept": {"text/plain"}, "X-Other": {"‹redacted HOSTUP_API_KEY›"},
	}
	if diff := cmp.Diff(wantHeader, got.Request.Header); diff != "" {
		t.Error(diff)
	}
	if want := "https://x.test/api/‹redacted HOSTUP_API_KEY›/b?api_key=‹redacted HOSTUP_API_KEY›&token=‹redacted token›"; got.Request.URL.String() != want {
		t.Error(got.Request.URL)
	}
	if diff := cmp.Diff([]string{"hostup_session=‹redacted Set-Cookie›; Path=/; HttpOnly", "gone=; Max-Age=0"}, got.Response.Header["Set-Cookie"]); diff != "" {
		t.Error(diff)
	}
	if in.Request.Header.Get("Authorization") != "Bearer "+targettest.Canary || !strings.Contains(string(in.Response.Body), targettest.Canary) || in.Request.URL.RawQuery != u.RawQuery {
		t.Error("the exchange that was given is changed")
	}
	if again := r.Exchange(got); !cmp.Equal(again, got) {
		t.Error("a second time:", cmp.Diff(got, again))
	}
}

// spellings returns the ways in which programs encode a value.
func spellings(value string) map[string]string {
	unquoted := func(s string) string { return s[1 : len(s)-1] }
	quoted := func(v any) string { b, _ := json.Marshal(v); return unquoted(string(b)) }
	all := map[string]string{
		"raw": value, "query": url.QueryEscape(value), "path": url.PathEscape(value), "twice": url.QueryEscape(url.QueryEscape(value)),
		"json": quoted(value), "json twice": quoted(quoted(value)), "slashes": strings.ReplaceAll(value, "/", `\/`),
		"go": unquoted(strconv.Quote(value)), "html": html.EscapeString(value), "hex": hex.EncodeToString([]byte(value)),
		"HEX": strings.ToUpper(hex.EncodeToString([]byte(value))),
	}
	for _, before := range []string{"", "u", "us", "user:"} {
		for _, after := range []string{"", ":", ":password"} {
			for name, coding := range map[string]*base64.Encoding{"std": base64.StdEncoding, "url": base64.URLEncoding, "raw": base64.RawStdEncoding} {
				code := coding.EncodeToString([]byte(before + value + after))
				all["base64 "+name+before+after] = code
				all["base64 in query "+name+before+after] = url.QueryEscape(code)
			}
		}
	}
	var percent, unicode, entity strings.Builder
	for i := range len(value) {
		fmt.Fprintf(&percent, "%%%02x", value[i])
		fmt.Fprintf(&unicode, `\u%04X`, value[i])
		fmt.Fprintf(&entity, "&#x%x;", value[i])
	}
	all["percent"], all["unicode"], all["entity"] = percent.String(), unicode.String(), entity.String()
	return all
}

// No encoding of a secret survives, whatever surrounds it, nor a prefix of 8 characters
// of its raw form.
func FuzzRedact(f *testing.F) {
	f.Add("hup_live_0123456789", `{"a":"`, `"}`)
	f.Add(`a"b\c\\d/e+f=g&h<i>`, "x", "y")
	f.Add("%41%42%43%44%45%46", "%", "%")
	f.Add(`\\\\\\\\x`, `\`, `\`)
	f.Add("aaaaaaaaaaaaaaa", "aaa", "aaa")
	f.Add("&amp;&lt;&quot;", "&", ";")
	f.Add(`0000000"`, "n\xb5", "x")
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		b := make([]byte, 8+random.IntN(40))
		for i := range b {
			b[i] = byte(0x21 + random.IntN(0x5e))
		}
		f.Add(string(b), "", "x")
	}
	f.Fuzz(func(t *testing.T, value, before, after string) {
		if len(value) < 8 || len(value) > 200 || strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			t.Skip()
		}
		for _, word := range []string{"redacted", "HOSTUP_API_KEY", "hostup_session", "hostup-conformance", "base64", "part of"} {
			if strings.Contains(value, word) || strings.Contains(word, value) || strings.HasPrefix(word, value[:8]) || strings.Contains(before+after, value[:8]) {
				t.Skip()
			}
		}
		r := targettest.Given("", "api-key", value).Redactor()
		for name, s := range spellings(value) {
			got := r.Text(before + s + after)
			if strings.Contains(got, s) {
				t.Errorf("%s: %q of %q survives in %q", name, s, value, got)
			}
			if strings.Contains(got, value[:8]) {
				t.Errorf("%s: the beginning of %q survives in %q", name, value, got)
			}
			if name == "raw" && !strings.Contains(got, "redacted") {
				t.Errorf("%q: nothing replaced in %q", value, got)
			}
		}
	})
}
