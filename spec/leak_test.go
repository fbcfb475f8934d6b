package spec_test

import (
	"strconv"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func described(text string) edit {
	return func(t testing.TB, ex *spec.Exchange) { set("/entries/0/description", strconv.Quote(text))(t, ex) }
}

func TestTraces(t *testing.T) {
	const of, rows = "activity-internal-error", "activity-transactions"
	var table []judgement
	for text, name := range map[string]string{
		"thread 'main' panicked at src/main.rs:4:5:\nindex out of bounds":  "a Rust panic",
		"goroutine 12 [running]:\nmain.main()":                             "a Go stack trace",
		"/srv/api/billing/store.go:142 +0x1d":                              "a place in Go source",
		"store.go:142: no rows":                                            "a place in Go source",
		"runtime error: invalid memory address or nil pointer dereference": "a Go panic",
		"Traceback (most recent call last):":                               "a Python stack trace",
		`File "/srv/app.py", line 3, in <module>`:                          "a Python stack trace",
		"Error: no\n    at Object.<anonymous> (/srv/app/pay.js:12:5)":      "a JavaScript stack trace",
		"at async handler (file:///srv/pay.mjs:1:2)":                       "a JavaScript stack trace",
		"TypeError: Cannot read properties of undefined (reading 'id')":    "a JavaScript exception",
		"require stack: /srv/node_modules/stripe/index":                    "a place in JavaScript source",
		"\tat se.hostup.Pay.charge(Pay.java:12)":                           "a Java stack trace",
		"java.lang.NullPointerException":                                   "a Java exception",
		"java.util.NoSuchElementException: No value present":               "the name of an exception",
		"org.springframework.dao.DuplicateKeyException":                    "the name of an exception",
		"System.NullReferenceException: Object reference not set":          "the name of an exception",
		"at com.example.Pay.charge(Pay.kt:12)":                             "a Kotlin stack trace",
		"'NoneType' object has no attribute 'id'":                          "a Python exception",
		"undefined method `charge' for nil:NilClass":                       "a Ruby exception",
		"Call to a member function charge() on null":                       "a PHP exception",
		"(billing 0.1.0) lib/billing/pay.ex:12: Billing.Pay.charge/2":      "an Elixir stack trace",
		"runtime error: index out of range [3] with length 3":              "a Go panic",
		"Fatal error in /var/www/pay.php on line 12":                       "a place in PHP source",
		"app/models/pay.rb:12:in `charge'":                                 "a Ruby stack trace",
		`at Pay.Charge() in C:\Pay.cs:line 12`:                             "a .NET stack trace",
		"SQLSTATE[42S02]: Base table or view not found":                    "a database error",
		"ORA-00942: table or view does not exist":                          "a database error",
		"pq: relation does not exist":                                      "a database error",
		`ERROR: syntax error at or near "FROM"`:                            "a database error",
		`duplicate key value violates unique constraint "invoices_pkey"`:   "a database error",
		"You have an error in your SQL syntax; check the manual":           "a database error",
	} {
		found := []string{"MUST LEAK-TRACE-001 body trace | no view into the implementation | " + name}
		member := set("/entries/0/stack_trace", strconv.Quote(text))
		table = append(table,
			judgement{text, of, does(failed(text)), found},
			judgement{"the sender says it: " + text, of, does(failed(text), sentWith("X-Asked", text)), nil},
			judgement{"a customer's own: " + text, rows, does(described(text)), nil},
			judgement{"of no page: " + text, rows, does(member), found},
		)
	}
	for _, text := range []string{
		"Paid at store.go:8080", "Läs mer på https://store.go:443/x", "Köp av store.go", "see main.go and app.py for the example",
		"Betalning at Pressbyrån 12:30:45", "Paid at 12:30:45 (UTC)", "at noon", "at example.js", "node.js: 10 timmar", "Lunch at The Java House",
		"Webbhotell PHP 8.3", "index.php", "Order ORA-12345",
		"Exceptional service", "Call to action", "a runtime error occurred", "an undefined method of payment", "System.Exceptional",
		"FAQ: betalning", "pq 12", "Faktura 202664056, förfaller 2026-05-01",
		"Exception handling course", "goroutine workshop", "SQL syntax for beginners", "File 3, line 12", "example.rb: domän", "trace 12",
	} {
		table = append(table, judgement{text, of, does(failed(text)), nil})
	}
	table = append(table, judgement{"in a header", rows, does(header("X-Error", "at f (/srv/a.js:1:2)")), []string{
		`MUST LEAK-TRACE-001 header X-Error trace | no view into the implementation | a JavaScript stack trace`,
	}})
	judge(t, table)
}

func TestCredentials(t *testing.T) {
	const of = "activity-transactions"
	key := credential("Authorization", "Bearer hu_live/9f8e7d6c+5b=")
	judge(t, []judgement{
		{"in a member", of, does(key, described("key hu_live/9f8e7d6c+5b= used")), []string{
			`MUST LEAK-CREDENTIAL-001 body credential | no credential | the value of the request's Authorization`,
		}},
		{"escaped, in a header", of, does(key, header("Location", "/x?key=hu_live%2F9f8e7d6c%2B5b%3D")), []string{
			`MUST LEAK-CREDENTIAL-001 header Location credential | no credential | the value of the request's Authorization`,
		}},
		{"a key in its own header", "pay-scheduled", does(credential("X-API-Key", "hu_live_12345678"), set("/data/message", `"hu_live_12345678"`)), []string{
			`MUST LEAK-CREDENTIAL-001 body credential | no credential | the value of the request's X-API-Key`,
		}},
		{"a session", of, does(credential("Cookie", "lang=sv-SE-2026; hostup_session=s3ss10n-abcdef"), described("s3ss10n-abcdef")), []string{
			`MUST LEAK-CREDENTIAL-001 body credential | no credential | the value of the request's Cookie`,
		}},
		{"the password of Basic", of, does(credential("Authorization", "Basic dXNlcjpwYXNzd29yZDEyMw=="), described("password123")), []string{
			`MUST LEAK-CREDENTIAL-001 body credential | no credential | the value of the request's Authorization`,
		}},
		{"with its slashes escaped", of, does(key, described("THE-KEY"), replaced("THE-KEY", `hu_live\/9f8e7d6c+5b=`)), leaks("body", "Authorization")},
		{"with characters escaped for JSON", of, does(key, described("THE-KEY"), replaced("THE-KEY", `hu_live/9f8e7d6c\u002b5b\u003d`)), leaks("body", "Authorization")},
		{"in base64", of, does(key, described("aHVfbGl2ZS85ZjhlN2Q2Yys1Yj0=")), leaks("body", "Authorization")},
		{"in hexadecimal", of, does(key, described("68755f6c6976652f39663865376436632b35623d")), leaks("body", "Authorization")},
		{"as entities of HTML", of, does(key, described("hu_live&#x2F;9f8e7d6c&#43;5b&equals;")), leaks("body", "Authorization")},
		{"in upper case", of, does(key, described("HU_LIVE/9F8E7D6C+5B=")), leaks("body", "Authorization")},
		{"but for its end", of, does(key, described("hu_live/9f8e7d6c+…")), leaks("body", "Authorization")},
		{"its beginning, as programs say which key they mean", of, does(key, described("hu_live/9f8e…")), nil},
		{"as the name of a header", of, does(credential("Authorization", "Bearer hu-live-9f8e7d6c5b"), header("X-Hu-Live-9f8e7d6c5b", "1")), leaks("header X-Hu-Live-9f8e7d6c5b", "Authorization")},
		{"in a second line of its header", of, does(credential("Authorization", "Bearer hu_live/9f8e7d6c+5b="), second("Authorization", "Bearer other-9f8e7d6c"), described("other-9f8e7d6c")), leaks("body", "Authorization")},
		{"the user name of Basic", of, does(credential("Authorization", "Basic YW5uYUBleGFtcGxlLmNvbTpwYXNzd29yZDEyMw=="), described("anna@example.com")), nil},
		{"a key as the user name of Basic", of, does(credential("Authorization", "Basic aHVfbGl2ZV8xMjM0NTY3ODo="), described("hu_live_12345678")), leaks("body", "Authorization")},
		{"a parameter that no page documents", of, does(query("api_key=hu_live_12345678"), described("hu_live_12345678")), leaks("body", "query parameter api_key")},
		{"a header that no page documents", of, does(credential("X-Client-Secret", "hu_live_12345678"), described("hu_live_12345678")), leaks("body", "X-Client-Secret")},
		{"a token against forgery, which a page shows", of, does(credential("X-CSRF-Token", "hu_live_12345678"), described("hu_live_12345678")), nil},
		{"a token of a session, which the login shows", of, does(credential("X-Session-Token", "hu_live_12345678"), described("hu_live_12345678")), nil},
		{"the name of a user", of, does(credential("X-Auth-User", "hu_live_12345678"), described("hu_live_12345678")), nil},
		{"another parameter", of, does(query("page=12345678&x=hu_live_12345678"), described("hu_live_12345678")), nil},
		{"a token that marks a place in a list", of, does(query("pageToken=hu_live_12345678"), described("hu_live_12345678")), nil},
		{"a session that is renewed", of, does(credential("Cookie", "hostup_session=s3ss10n-abcdef"), header("Set-Cookie", "hostup_session=s3ss10n-abcdef")), nil},
		{"another cookie", of, does(credential("Cookie", "lang=sv-SE-2026"), described("sv-SE-2026")), nil},
		{"the name of a scheme of the document", of, does(credential("Authorization", "shared-hosting"), header("WWW-Authenticate", `shared-hosting realm="api"`)), nil},
		{"a word", of, does(credential("Authorization", "Bearer anonymous"), described("anonymous")), nil},
		{"a short value", of, does(credential("X-API-Key", "98.75"), described("98.75")), nil},
		{"no credential", of, does(credential("Authorization", "")), nil},
	})
}

func leaks(where, source string) []string {
	return []string{"MUST LEAK-CREDENTIAL-001 " + where + " credential | no credential | the value of the request's " + source}
}

func second(name, value string) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Request.Header.Add(name, value) }
}
