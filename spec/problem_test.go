package spec_test

import "testing"

func TestProblem(t *testing.T) {
	const of = "order-missing-member"
	judge(t, []judgement{
		{"another status", of, does(set("/status", `422`)), []string{
			`MUST PROB-STATUS-001 $.status equal | 400, the HTTP status | 422`,
		}},
		{"a status as text", of, does(set("/status", `"400"`)), []string{
			`MUST PROB-BODY-001 $.status type | integer | "400" (string) | type: integer`,
		}},
		{"the status written otherwise", of, does(set("/status", `4.0e2`)), nil},
		{"a title that is null", of, does(set("/title", `null`)), []string{
			`MUST PROB-BODY-001 $.title type | string | null | type: string`,
		}},
		{"errors as an object", of, does(set("/errors", `{}`)), []string{
			`MUST PROB-BODY-001 $.errors type | array | {} (object) | type: array`,
		}},
		{"an item without a pointer", of, does(drop("/errors/0/pointer")), []string{
			`MUST PROB-ERRORS-001 $.errors[0].pointer required | property "pointer" | no such property | pointer:`,
		}},
		{"an item with a number for code", of, does(set("/errors/0/code", `7`)), []string{
			`MUST PROB-ERRORS-001 $.errors[0].code type | string | 7 (number) | type: string`,
		}},
		{"a pointer to nothing", of, does(set("/errors/0/pointer", `"/items/0/eppCode"`)), []string{
			`SHOULD PROB-ERRORS-002 $.errors[0].pointer pointer | a pointer to something in the request | "/items/0/eppCode"`,
		}},
		{"a name for a pointer", of, does(set("/errors/0/pointer", `"addonId"`)), []string{
			`SHOULD PROB-ERRORS-002 $.errors[0].pointer pointer | a JSON pointer such as /paymentMethod | "addonId"`,
		}},
		{"a pointer to a member that is there", of, does(set("/errors/0/pointer", `"/paymentMethod"`)), nil},
		{"a pointer as a fragment", of, does(set("/errors/0/pointer", `"#/addonId"`)), nil},
		{"a pointer to the whole body", of, does(set("/errors/0/pointer", `""`)), nil},
		{"a pointer below body", of, does(set("/errors/0/pointer", `"/body/x"`)), nil},
		{"a pointer to a path parameter", of, does(set("/errors/0/pointer", `"/accountId"`)), nil},
		{"a pointer to the query", "activity-unknown-kind", does(set("/errors", `[{"pointer":"/query/kind","detail":"d","code":"c"},{"pointer":"/kind","detail":"d","code":"c"}]`)), nil},
		{"no requestId", of, does(drop("/requestId")), []string{
			`SHOULD PROB-MEMBERS-001 $.requestId required | property "requestId" | no such property | overlay required:`,
		}},
		{"a code in capitals", of, does(set("/code", `"INVALID"`), set("/type", `"https://x/INVALID"`)), []string{
			`SHOULD PROB-CODE-002 $.code pattern | text that matches ^[a-z][a-z0-9_]*$ | "INVALID" | overlay pattern: ^[a-z][a-z0-9_]*$`,
		}},
		{"a type of another code", of, does(set("/code", `"missing_required"`)), []string{
			`SHOULD PROB-TYPE-001 $.type ends-in-code | an address that ends in /missing_required | "https://developer.hostup.se/errors/invalid_request"`,
		}},
		{"a requestId that is a UUID", of, does(set("/requestId", `"2121ae20-bd9d-41e9-aeeb-5dd1dd1a24ba"`)), []string{
			`SHOULD PROB-FORM-001 $.requestId pattern | text that matches ^req_[0-9A-Za-z]+$ | "2121ae20-bd9d-41e9-aeeb-5dd1dd1a24ba" | overlay pattern: ^req_[0-9A-Za-z]+$`,
		}},
		{"a timestamp to the second", of, does(set("/timestamp", `"2026-04-27T12:34:56Z"`)), []string{
			`SHOULD PROB-FORM-001 $.timestamp pattern | text that matches ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$ | "2026-04-27T12:34:56Z" | overlay pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$'`,
		}},
		{"the instance of another request", of, does(set("/instance", `"/api/v2/orders"`)), []string{
			`SHOULD PROB-INSTANCE-001 $.instance equal | "/api/v2/shared-hosting/acct_01hxa3b4c5d6e7f8g9h0j1k2m3/addons/storage", the path of the request | "/api/v2/orders"`,
		}},
		{"an instance with the query", "activity-unknown-kind", does(set("/instance", `"/api/v2/billing/activity?kind=refund"`)), nil},
		{"an instance that is malformed", "activity-unknown-kind", does(set("/instance", `"/api/v2/billing/activity?kind=%4"`)), []string{
			`MUST PROB-BODY-001 $.instance format | uri-reference | "/api/v2/billing/activity?kind=%4" | format: uri-reference`,
		}},
		{"an instance that is as malformed as the request", "activity-unknown-kind", does(set("/instance", `"/api/v2/billing/activity?kind=%4"`), query("kind=%4")), nil},
		{"an instance that is a URN", of, does(set("/instance", `"urn:uuid:2121ae20-bd9d-41e9-aeeb-5dd1dd1a24ba"`)), nil},
		{"another code, title and detail", of, does(set("/code", `"addon_unavailable"`), set("/type", `"/errors/addon_unavailable/"`), set("/title", `"Nej"`), set("/detail", `""`)), nil},
		{"a type with a fragment", of, does(set("/type", `"https://x/errors#invalid_request"`)), nil},
		{"extra members", of, does(set("/extensions", `{"actions":{"x":null}}`), set("/traceId", `[1]`), drop("/errors")), nil},
	})
}
