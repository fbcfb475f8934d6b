package spec_test

import "testing"

func TestEnvelope(t *testing.T) {
	judge(t, []judgement{
		{"no timestamp", "pay-scheduled", does(drop("/timestamp")), []string{
			`MUST ENV-MEMBERS-001 $.timestamp required | property "timestamp" | no such property | timestamp:`,
		}},
		{"no data", "pay-scheduled", does(drop("/data")), []string{
			`MUST ENV-MEMBERS-001 $.data required | property "data" | no such property | data:`,
		}},
		{"data that is null", "pay-scheduled", does(set("/data", `null`)), []string{
			`MUST ENV-MEMBERS-001 $.data type | object | null | type: object`,
		}},
		{"no message", "pay-scheduled", does(drop("/data/message")), []string{
			`MUST ENV-MEMBERS-001 $.data.message required | property "message" | no such property | message:`,
		}},
		{"success as text", "pay-scheduled", does(set("/success", `"true"`)), []string{
			`MUST ENV-MEMBERS-001 $.success type | boolean | "true" (string) | type: boolean`,
		}},
		{"a data.success that disagrees", "pay-scheduled", does(set("/data/success", `false`)), []string{
			`MUST ENV-SUCCESS-001 $.data.success equal | true, as success says | false`,
		}},
		{"both false", "pay-scheduled", does(set("/success", `false`), set("/data/success", `false`)), []string{
			`MUST ENV-SUCCESS-001 $.success equal | true in a successful response | false`,
		}},
		{"an error that claims success", "pay-card-refused", does(set("/success", `true`)), []string{
			`MUST ENV-SUCCESS-002 $.success equal | no claim of success in an error | true`,
		}},
		{"an error that says no success", "pay-card-refused", does(set("/success", `false`)), nil},
		{"a requestId that is no UUID", "pay-scheduled", does(set("/requestId", `"req_1"`)), []string{
			`MUST ENV-REQUESTID-001 $.requestId format | uuid | "req_1" | format: uuid`,
		}},
		{"a UUID in capitals, of version 7", "pay-scheduled", does(set("/requestId", `"01890A5D-AC96-774B-BCCE-B302099A8057"`)), nil},
		{"no code", "pay-card-refused", does(drop("/code")), []string{
			`MUST ENV-ERROR-001 $.code required | property "code" | no such property | code:`,
		}},
		{"a message that is an object", "pay-card-refused", does(set("/message", `{}`)), []string{
			`MUST ENV-ERROR-001 $.message type | string | {} (object) | type: string`,
		}},
		{"another title", "pay-card-refused", does(set("/error", `"Payment failed"`)), []string{
			`MUST ENV-ERROR-002 $.error equal | "Bad Request" | "Payment failed"`,
		}},
		{"a title in small letters", "pay-card-refused", does(set("/error", `"bad request"`)), nil},
		{"the other title of 422", "pay-card-refused", does(status(422), set("/error", `"Unprocessable Content"`)), nil},
		{"a code in small letters", "pay-card-refused", does(set("/code", `"bad_request"`)), []string{
			`SHOULD ENV-CODE-001 $.code pattern | text that matches ^[A-Z][A-Z0-9_]*$ | "bad_request" | overlay pattern: ^[A-Z][A-Z0-9_]*$`,
		}},
		{"another code and message", "pay-card-refused", does(set("/code", `"CARD_DECLINED_2"`), set("/message", `"Nej."`)), nil},
		{"extra members", "pay-card-refused", does(set("/details", `[null]`), set("/0", `"B"`)), nil},
		{"a number for retryAfter, and any title", "invoice-rate-limited", does(set("/retryAfter", `30`), set("/error", `"RATE_LIMITED"`)), nil},
		{"the other five members in a 429", "invoice-rate-limited", does(set("/code", `"X"`), set("/timestamp", `"2026-02-10T00:00:00.000Z"`)), nil},
		{"a 429 without a wait", "invoice-rate-limited", does(drop("/retryAfter")), []string{
			`SHOULD BODY-SCHEMA-002 $.retryAfter required | property "retryAfter" | no such property | overlay - required: [retryAfter]`,
		}},
		{"a 429 of an operation that does not document it", "pay-card-refused", does(status(429), drop("/code"), drop("/timestamp"), set("/retryAfter", `1`)), nil},
		{"an invoice without its amounts", "invoice-read", does(drop("/data/invoice/total"), set("/data/invoice/datepaid", `null`)), nil},
		{"an invoice with a status that is no word", "invoice-read", does(set("/data/invoice/status", `1`)), []string{
			`MUST INV-READ-001 $.data.invoice.status type | string | 1 (number) | type: string`,
		}},
		{"an invoice with text for an amount, as other v1 pages show", "invoice-read", does(set("/data/invoice/total", `"98.75"`)), nil},
		{"a v1 card with a number for last4", "v1-cards-read", does(set("/data/cards/0/last4", `4242`)), []string{
			`MUST V1CARD-READ-001 $.data.cards[0].last4 type | null or string | 4242 (number) | type: [string, "null"]`,
		}},
	})
}
