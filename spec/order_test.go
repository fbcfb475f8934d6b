package spec_test

import "testing"

func TestOrder(t *testing.T) {
	const of = "order-created"
	judge(t, []judgement{
		{"an address of another invoice", of, does(set("/redirectUrl", `"/billing?invoice=inv_01hxa3b4c5d6e7f8g9h0j1k2m4"`)), []string{
			`MUST ORD-REDIRECT-001 $.redirectUrl equal | an address that names "inv_01hxa3b4c5d6e7f8g9h0j1k2m3" | "/billing?invoice=inv_01hxa3b4c5d6e7f8g9h0j1k2m4"`,
		}},
		{"an address of a longer id", of, does(set("/invoiceId", `"inv_1"`), set("/redirectUrl", `"/billing?invoice=inv_12"`)), []string{
			`MUST ORD-REDIRECT-001 $.redirectUrl equal | an address that names "inv_1" | "/billing?invoice=inv_12"`,
		}},
		{"no orderId", of, does(drop("/orderId")), []string{
			`MUST ORD-MEMBERS-001 $.orderId required | property "orderId" | no such property | orderId:`,
		}},
		{"an invoiceId as a number", of, does(set("/invoiceId", `49332`)), []string{
			`MUST ORD-MEMBERS-001 $.invoiceId type | null or string | 49332 (number) | type: [string, "null"]`,
		}},
		{"an orderId of invoices", of, does(set("/orderId", `"inv_1"`)), []string{
			`SHOULD ORD-FORM-001 $.orderId pattern | text that matches ^ord_[0-9A-Za-z]+$ | "inv_1" | overlay pattern: ^ord_[0-9A-Za-z]+$`,
		}},
		{"an absolute address", of, does(set("/redirectUrl", `"https://cloud.hostup.se/billing?invoice=inv_01hxa3b4c5d6e7f8g9h0j1k2m3&x=1#top"`)), nil},
		{"an address by number", of, does(set("/redirectUrl", `"/billing?invoice=202600001"`)), nil},
		{"an address without invoice", of, does(set("/redirectUrl", `"/billing"`)), nil},
		{"an escaped address", of, does(set("/redirectUrl", `"/login?next=%2Fbilling%3Finvoice%3Dinv_01hxa3b4c5d6e7f8g9h0j1k2m3%26x"`)), nil},
		{"an id with a hyphen", of, does(set("/invoiceId", `"inv_01-ab"`), set("/redirectUrl", `"/billing?invoice=inv_01-ab"`)), []string{
			`SHOULD ORD-FORM-001 $.invoiceId pattern | text that matches ^inv_[0-9A-Za-z]+$ | "inv_01-ab" | overlay pattern: ^inv_[0-9A-Za-z]+$`,
		}},
		{"an id with a colon", of, does(set("/invoiceId", `"inv_01:ab"`), set("/redirectUrl", `"/billing?invoice=inv_01:ab"`)), []string{
			`SHOULD ORD-FORM-001 $.invoiceId pattern | text that matches ^inv_[0-9A-Za-z]+$ | "inv_01:ab" | overlay pattern: ^inv_[0-9A-Za-z]+$`,
		}},
		{"a number for id", of, does(set("/invoiceId", `"49332"`)), []string{
			`SHOULD ORD-FORM-001 $.invoiceId pattern | text that matches ^inv_[0-9A-Za-z]+$ | "49332" | overlay pattern: ^inv_[0-9A-Za-z]+$`,
		}},
		{"an address of no invoice at all", of, does(set("/invoiceId", `null`)), nil},
		{"all nulls", "order-nulls", nil, nil},
		{"an address that is none", of, does(set("/redirectUrl", `"http://[::1"`)), []string{
			`SHOULD ORD-FORM-001 $.redirectUrl format | uri-reference | "http://[::1" | overlay format: uri-reference`,
		}},
		{"a tier without price", "storage-addons", does(drop("/tiers/0/price")), []string{
			`MUST TIER-READ-001 $.tiers[0].price required | property "price" | no such property | price:`,
		}},
		{"an account without domains", "shared-hosting", does(drop("/data/0/domains")), []string{
			`MUST HOST-READ-001 $.data[0].domains required | property "domains" | no such property | domains:`,
		}},
		{"a list without data", "shared-hosting", does(drop("/data")), []string{
			`SHOULD BODY-SCHEMA-002 $.data required | property "data" | no such property | overlay required:`,
		}},
	})
}
