package spec_test

import "testing"

func TestCards(t *testing.T) {
	const second = `{"id":"card_2","brand":"mastercard","last4":"4444","expMonth":1,"expYear":2030,"cardholderName":null,"isPrimary":%s,"addedAt":null}`
	primary := func(yes string) edit {
		return set("/-", second[:len(second)-len(`%s,"addedAt":null}`)]+yes+`,"addedAt":null}`)
	}
	judge(t, []judgement{
		{"two primary cards", "cards-one", does(primary("true")), []string{
			`MUST CARD-PRIMARY-001 $ primary | at most one primary card | 2: items 0, 1`,
		}},
		{"two cards", "cards-one", does(primary("false")), nil},
		{"no primary card", "cards-one", does(set("/0/isPrimary", `false`)), nil},
		{"one id for two cards", "cards-one", does(primary("false"), set("/1/id", `"card_01hxa3b4c5d6e7f8g9h0j1k2m3"`)), []string{
			`MUST CARD-ID-001 $[1].id unique | an id that no other item has | "card_01hxa3b4c5d6e7f8g9h0j1k2m3", as item 0 has`,
		}},
		{"an envelope around the list", "cards-one", does(body(`{"data":[]}`)), []string{
			`MUST CARD-READ-001 $ type | array | {"data":[]} (object) | type: array`,
		}},
		{"last4 as a number", "cards-one", does(set("/0/last4", `4242`)), []string{
			`MUST CARD-TYPE-001 $[0].last4 type | null or string | 4242 (number) | type: [string, "null"]`,
		}},
		{"isPrimary as null", "cards-one", does(set("/0/isPrimary", `null`)), []string{
			`MUST CARD-TYPE-001 $[0].isPrimary type | boolean | null | type: boolean`,
		}},
		{"an expiry as text", "cards-one", does(set("/0/expYear", `"2028"`)), []string{
			`MUST CARD-TYPE-001 $[0].expYear type | null or number | "2028" (string) | type: [number, "null"]`,
		}},
		{"no brand", "cards-one", does(drop("/0/brand")), []string{
			`SHOULD CARD-MEMBERS-001 $[0].brand required | property "brand" | no such property | overlay required:`,
		}},
		{"month 0.5", "cards-one", does(set("/0/expMonth", `0.5`)), []string{
			`SHOULD CARD-FORM-001 $[0].expMonth minimum | at least 1 | 0.5 | overlay minimum: 1`,
		}},
		{"a year of two digits", "cards-one", does(set("/0/expYear", `28`)), []string{
			`SHOULD CARD-FORM-001 $[0].expYear minimum | at least 2000 | 28 | overlay minimum: 2000`,
		}},
		{"a masked number", "cards-one", does(set("/0/last4", `"**** 4242"`)), []string{
			`SHOULD CARD-FORM-001 $[0].last4 pattern | text that matches ^[0-9]{4}$ | "**** 4242" | overlay pattern: ^[0-9]{4}$`,
		}},
		{"a month written as a decimal number", "cards-one", does(set("/0/expMonth", `12.0`)), nil},
		{"any brand and holder", "cards-one", does(set("/0/brand", `""`), set("/0/cardholderName", `"Åsa Öberg"`)), nil},
		{"last4 with leading zeros", "cards-one", does(set("/0/last4", `"0000"`)), nil},
		{"an expired card", "cards-one", does(set("/0/expYear", `2001`)), nil},
		{"all nulls", "cards-nulls", nil, nil},
		{"no card", "cards-none", nil, nil},
		{"extra members", "cards-one", does(set("/0/funding", `"credit"`)), nil},
	})
}
