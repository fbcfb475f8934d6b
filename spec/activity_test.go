package spec_test

import "testing"

func TestActivity(t *testing.T) {
	const of = "activity-transactions"
	judge(t, []judgement{
		{"an object that is no page", "activity-credit", does(body(`{"success":true,"data":[]}`)), []string{
			`MUST ACT-READ-001 $ members | at least one of kind, entries and hasMore | only "data", "success"`,
		}},
		{"a credit page for transactions", "activity-transactions-asked-for", does(set("/kind", `"credit"`)), []string{
			`MUST ACT-KIND-001 $.kind enum | "transaction" | "credit" | enum: [transaction]`,
		}},
		{"a transaction page for credit", "activity-credit", does(set("/kind", `"transaction"`)), []string{
			`MUST ACT-KIND-001 $.kind equal | "credit", as asked for | "transaction"`,
		}},
		{"a page of nobody knows what for credit", "activity-credit", does(set("/kind", `"credits"`)), []string{
			`MUST ACT-KIND-001 $.kind equal | "credit", as asked for | "credits"`,
		}},
		{"a kind that is a number", of, does(set("/kind", `1`)), []string{
			`MUST ACT-BODY-001 $.kind type | string | 1 (number) | type: string`,
		}},
		{"no kind", of, does(drop("/kind")), []string{
			`SHOULD ACT-BODY-002 $.kind required | property "kind" | no such property | overlay required:`,
		}},
		{"entries that are null", of, does(set("/entries", `null`)), []string{
			`MUST ACT-BODY-001 $.entries type | array | null | type: array`,
		}},
		{"hasMore as text", of, does(set("/hasMore", `"false"`)), []string{
			`MUST ACT-BODY-001 $.hasMore type | boolean | "false" (string) | type: boolean`,
		}},
		{"a row that is text", of, does(set("/entries/0", `"x"`)), []string{
			`MUST ACT-ROW-002 $.entries[0] type | object | "x" (string) | type: object`,
		}},
		{"an amount as text", of, does(set("/entries/0/amount", `"98.75"`)), []string{
			`MUST ACT-ROW-002 $.entries[0].amount type | number | "98.75" (string) | type: number`,
		}},
		{"an invoice number as a number", of, does(set("/entries/0/invoiceNumber", `202664056`)), []string{
			`MUST ACT-ROW-002 $.entries[0].invoiceNumber type | null or string | 202664056 (number) | type: [string, "null"]`,
		}},
		{"two members missing", of, does(drop("/entries/0/methodLabel"), drop("/entries/0/id")), []string{
			`MUST ACT-ROW-001 $.entries[0].id required | property "id" | no such property | id:`,
			`MUST ACT-ROW-001 $.entries[0].methodLabel required | property "methodLabel" | no such property | methodLabel:`,
		}},
		{"a method of a provider", of, does(set("/entries/0/method", `"stripe"`)), []string{
			`MUST ACT-METHOD-001 $.entries[0].method enum | one of "card", "accountCredit", "swish", "bankgiro", "sepa", "alipay", "paypal", "invoice", "other", null | "stripe" | enum: [card, accountCredit, swish, bankgiro, sepa, alipay, paypal, invoice, other, null]`,
		}},
		{"an id that stands twice", "activity-methods", does(set("/entries/3/id", `"txn_01hxa3b4c5d6e7f8g9h0j1k2m0"`)), []string{
			`MUST ACT-ID-001 $.entries[3].id unique | an id that no other item has | "txn_01hxa3b4c5d6e7f8g9h0j1k2m0", as item 0 has`,
		}},
		{"a currency that does not exist", of, does(set("/entries/0/currencyCode", `"ZZZ"`)), []string{
			`SHOULD ACT-CURRENCY-001 $.entries[0].currencyCode iso-4217 | a code of ISO 4217 | "ZZZ"`,
		}},
		{"a currency in small letters", of, does(set("/entries/0/currencyCode", `"sek"`)), []string{
			`SHOULD ACT-CURRENCY-001 $.entries[0].currencyCode pattern | text that matches ^[A-Z]{3}$ | "sek" | overlay pattern: ^[A-Z]{3}$`,
		}},
		{"three decimals of a krona", of, does(set("/entries/0/amount", `98.755`)), []string{
			`SHOULD ACT-AMOUNT-001 $.entries[0].amount precision | at most 2 decimals, as SEK has | 98.755`,
		}},
		{"decimals of a yen", of, does(set("/entries/0/currencyCode", `"JPY"`), set("/entries/0/amount", `98.5`)), []string{
			`SHOULD ACT-AMOUNT-001 $.entries[0].amount precision | at most 0 decimals, as JPY has | 98.5`,
		}},
		{"three decimals of a dinar", of, does(set("/entries/0/currencyCode", `"KWD"`), set("/entries/0/amount", `98.755`)), nil},
		{"two decimals of a dinar of Serbia", of, does(set("/entries/0/currencyCode", `"RSD"`), set("/entries/0/amount", `98.75`)), nil},
		{"a young currency", of, does(set("/entries/0/currencyCode", `"SLE"`)), nil},
		{"a currency of the past", of, does(set("/entries/0/currencyCode", `"DEM"`)), nil},
		{"a yen that ends in zeros", of, does(set("/entries/0/currencyCode", `"JPY"`), set("/entries/0/amount", `98.00`)), nil},
		{"a negative amount", of, does(set("/entries/0/amount", `-98.75`)), nil},
		{"nothing", of, does(set("/entries/0/amount", `-0.0`)), nil},
		{"a big amount", of, does(set("/entries/0/amount", `123456789012345678901234567890.12`)), nil},
		{"an amount with an exponent", of, does(set("/entries/0/amount", `1e2`)), nil},
		{"an amount with a negative exponent", of, does(set("/entries/0/amount", `9875E-2`)), nil},
		{"all nulls", "activity-nulls", nil, nil},
		{"extra members", of, does(set("/total", `1`), set("/entries/0/fee", `{"a":[1]}`)), nil},
		{"another label", of, does(set("/entries/0/methodLabel", `""`), set("/entries/0/description", `"Återbetalning <b>&amp;</b>"`)), nil},
		{"an id of another alphabet", of, does(set("/entries/0/id", `"txn_ABC"`), set("/entries/0/invoiceId", `"inv_1"`)), nil},
		{"an id without prefix", of, does(set("/entries/0/id", `"42"`)), []string{
			`SHOULD ACT-FORM-001 $.entries[0].id pattern | text that matches ^txn_[0-9A-Za-z]+$ | "42" | overlay pattern: ^txn_[0-9A-Za-z]+$`,
		}},
		{"credit rows of any form", "activity-credit", does(set("/entries/-", `{"amount":"x","currencyCode":"ZZZ","method":7}`)), nil},
		{"a kind that was read without regard to case", "activity-credit", does(query("kind=CREDIT%20")), nil},
		{"kind sent twice", "activity-credit", does(query("kind=transaction&kind=credit")), nil},
		{"a refund", "activity-refund", nil, nil},
	})
}
