package spec_test

import (
	"strings"
	"testing"
)

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
		judgement{"as the accountNumber of a card", "cards-one", does(set("/0/card", `{"type":"visa","accountNumber":"4242424242424242"}`)), []string{
			`MUST LEAK-CARD-001 body card-number | no full card number | a number that ends in 4242`,
		}},
		judgement{"an account number of a bank", "cards-one", does(set("/0/payout", `{"accountNumber":"4242424242424242"}`)), nil},
		judgement{"in a header", of, does(header("X-Card", "4242424242424242")), []string{
			`MUST LEAK-CARD-001 header X-Card card-number | no full card number | a number that ends in 4242`,
		}},
		judgement{"a verification code", "cards-one", does(set("/0/cvc", `"123"`)), []string{
			`MUST LEAK-CARD-001 body card-code | no card verification code | property cvc`,
		}},
		judgement{"a verification code as a number", "cards-one", does(set("/0/securityCode", `1234`)), []string{
			`MUST LEAK-CARD-001 body card-code | no card verification code | property securityCode`,
		}},
		judgement{"the result of a check of the code", "cards-one", does(set("/0/cvcCheck", `"pass"`), set("/0/cvc", `null`)), nil},
	)
	for _, text := range []string{"cc%3B4242424242424242%3B", "cc%3a4242424242424242", "kort:%204242424242424242", "cc%C2%A04242424242424242", `x\\u003b4242424242424242`} {
		table = append(table, judgement{"behind an escape: " + text, of, does(described(text)), []string{
			"MUST LEAK-CARD-001 body card-number | no full card number | a number that ends in 4242",
		}})
	}
	for name, text := range map[string]string{
		"behind a letter":          "a%414242424242424242",
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
