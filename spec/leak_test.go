package spec_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func described(text string) edit {
	return func(t testing.TB, ex *spec.Exchange) { set("/entries/0/description", strconv.Quote(text))(t, ex) }
}

func TestTraces(t *testing.T) {
	const of = "activity-transactions"
	var table []judgement
	for text, name := range map[string]string{
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
		table = append(table, judgement{text, of, does(described(text)), []string{
			"MUST LEAK-TRACE-001 body trace | no view into the implementation | " + name,
		}})
	}
	for _, text := range []string{
		"Paid at store.go:8080", "Läs mer på https://store.go:443/x", "Köp av store.go", "see main.go and app.py for the example",
		"Betalning at Pressbyrån 12:30:45", "Paid at 12:30:45 (UTC)", "at noon", "at example.js", "node.js: 10 timmar", "Lunch at The Java House",
		"Webbhotell PHP 8.3", "index.php", "Order ORA-12345", "FAQ: betalning", "pq 12", "Faktura 202664056, förfaller 2026-05-01",
		"Exception handling course", "goroutine workshop", "SQL syntax for beginners", "File 3, line 12", "example.rb: domän", "trace 12",
	} {
		table = append(table, judgement{text, of, does(described(text)), nil})
	}
	table = append(table, judgement{"in a header", of, does(header("X-Error", "at f (/srv/a.js:1:2)")), []string{
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
		{"a session that is renewed", of, does(credential("Cookie", "hostup_session=s3ss10n-abcdef"), header("Set-Cookie", "hostup_session=s3ss10n-abcdef")), nil},
		{"another cookie", of, does(credential("Cookie", "lang=sv-SE-2026"), described("sv-SE-2026")), nil},
		{"a word", of, does(credential("Authorization", "Bearer anonymous"), described("anonymous")), nil},
		{"a short value", of, does(credential("X-API-Key", "98.75"), described("98.75")), nil},
		{"no credential", of, does(credential("Authorization", "")), nil},
	})
}

func TestCardNumbers(t *testing.T) {
	const of = "activity-transactions"
	var table []judgement
	for _, text := range []string{
		"4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242", "Kort 4242424242424242.", "(4242424242424242)", "\n4242424242424242",
		"5555555555554444", "2223003122003222", "378282246310005", "3782 822463 10005", "6011111111111117", "3056 930902 5904", "4222222222222",
		"4242 4242 4242 4242 12 28", "kort:4242424242424242,2028",
	} {
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, strings.TrimSuffix(strings.TrimSuffix(text, " 12 28"), ",2028"))
		table = append(table, judgement{"card " + text, of, does(described(text)), []string{
			"MUST LEAK-CARD-001 body card-number | no full card number | a number that ends in " + digits[len(digits)-4:],
		}})
	}
	table = append(table,
		judgement{"as a number", "cards-one", does(set("/0/number", `4242424242424242`)), []string{
			`MUST LEAK-CARD-001 body card-number | no full card number | a number that ends in 4242`,
		}},
		judgement{"in a header", of, does(header("X-Card", "4242424242424242")), []string{
			`MUST LEAK-CARD-001 header X-Card card-number | no full card number | a number that ends in 4242`,
		}},
		judgement{"a verification code", "cards-one", does(set("/0/cvc", `"123"`)), []string{
			`MUST LEAK-CARD-001 body card-code | no card verification code | member cvc`,
		}},
		judgement{"a verification code as a number", "cards-one", does(set("/0/securityCode", `1234`)), []string{
			`MUST LEAK-CARD-001 body card-code | no card verification code | member securityCode`,
		}},
		judgement{"the result of a check of the code", "cards-one", does(set("/0/cvcCheck", `"pass"`), set("/0/cvc", `null`)), nil},
	)
	for name, text := range map[string]string{
		"a wrong check digit":      "4242424242424241",
		"a ULID":                   "txn_01hxa3b4c5d6e7f8g9h0j1k2m3",
		"an id of digits":          "pi_4242424242424242",
		"an id with digits inside": "a4242424242424242b",
		"a UUID":                   "2121ae20-bd9d-41e9-aeeb-5dd1dd1a24ba",
		"a UUID of digits":         "42424242-4242-4242-4242-424242424242",
		"an invoice number":        "202664056",
		"a long invoice number":    "20264242424242424242",
		"milliseconds":             "1777293326000",
		"nanoseconds":              "1777293326000000000",
		"an id of a database":      "4242424242424242427",
		"an IBAN":                  "SE45 5000 0000 0583 9825 7466",
		"an IBAN of an issuer":     "DE42 4242 4242 4242 4242 00",
		"an IBAN in one word":      "SE4550000000058398257466",
		"a bankgiro number":        "5050-1055",
		"a telephone number":       "+46 8 123 456 78",
		"a personal number":        "19121212-1212",
		"a masked number":          "424242******4242",
		"the last four":            "**** **** **** 4242",
		"a decimal number":         "0.4242424242424242",
		"a date and times":         "2026-04-27 12:34:56 2026-04-28 12:34:56",
		"an EAN":                   "7312345678901",
		"a fifth group of four":    "4242 4242 4242 4242 4242",
		"zeros":                    "0000000000000000",
		"an amount of money":       "1 000 000 000 000",
		"a longer word in Swedish": "nr4242424242424242å",
	} {
		table = append(table, judgement{name, of, does(described(text)), nil})
	}
	judge(t, table)
}
