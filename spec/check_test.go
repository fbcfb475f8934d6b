package spec_test

import (
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func TestGoldenExchangesHaveNoFinding(t *testing.T) {
	var table []judgement
	for _, g := range exchanges(t) {
		table = append(table, judgement{g.Name, g.Name, nil, nil})
	}
	judge(t, table)
}

// wrecks returns responses with many faults, for rules that hold however much is wrong.
func wrecks(t testing.TB) []spec.Exchange {
	return []spec.Exchange{
		changed(t, "activity-methods", set("/kind", `"credit"`), set("/entries/0", `{}`), set("/entries/1/amount", `"1"`),
			set("/entries/2/method", `7`), set("/entries/3/currencyCode", `"ZZZ"`), set("/entries/4/id", `"txn_01hxa3b4c5d6e7f8g9h0j1k2m0"`),
			set("/entries/5/createdAt", `"2099-01-01"`), header("Content-Type", "application/json; charset=latin1", "text/html"),
			header("X-Debug", "at f (a.js:1:2)"), header("X-Card", "4242424242424242")),
		changed(t, "order-missing-member", status(401), set("/status", `"x"`), set("/errors/0", `{"pointer":"x"}`), drop("/title"),
			set("/instance", `"/other"`), set("/type", `"https://x/y"`)),
		changed(t, "pay-scheduled", set("/success", `false`), set("/timestamp", `"yesterday"`), set("/requestId", `"1"`), drop("/data/message")),
		changed(t, "cards-too-many-requests", header("Retry-After"), header("X-RateLimit-Limit", "x"), header("X-RateLimit-Reset", "0")),
		changed(t, "cards-one", body(`[{"id":1,"id":2,"a":"`+"\xff"+`"}] x`)),
	}
}

func TestTheOrderOfFindingsIsStable(t *testing.T) {
	c := contract(t)
	for i, ex := range wrecks(t) {
		first := c.Check(ex)
		if len(first) < 2 {
			t.Errorf("wreck %d has only the findings %v", i, first)
		}
		for range 50 {
			if again := c.Check(ex); !reflect.DeepEqual(first, again) {
				t.Fatalf("wreck %d\n got %v\nthen %v", i, first, again)
			}
		}
		sorted := slices.Clone(first)
		spec.SortFindings(sorted)
		if !reflect.DeepEqual(first, sorted) {
			t.Errorf("wreck %d is not sorted: %v", i, first)
		}
		signatures := map[string]bool{}
		for _, f := range first {
			key := f.Signature() + f.Where
			if signatures[key] {
				t.Errorf("wreck %d: %s is reported twice", i, key)
			}
			signatures[key] = true
		}
	}
}

func TestCheckChangesNothingAndMayRunAtOnce(t *testing.T) {
	c := contract(t)
	all := wrecks(t)
	for _, g := range exchanges(t) {
		all = append(all, copyOf(g.Exchange))
	}
	var before []spec.Exchange
	var first [][]spec.Finding
	for _, ex := range all {
		before = append(before, copyOf(ex))
		first = append(first, c.Check(ex))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, ex := range all {
				if got := c.Check(ex); !reflect.DeepEqual(got, first[i]) {
					t.Errorf("%s: %v, alone %v", ex.ID, got, first[i])
				}
				c.Drift(ex)
				c.CheckRequest(ex)
			}
		})
	}
	wg.Wait()
	for i := range all {
		if !reflect.DeepEqual(all[i], before[i]) {
			t.Errorf("%s was changed", all[i].ID)
		}
	}
}

func TestCheckOfHollowExchanges(t *testing.T) {
	c := contract(t)
	for _, ex := range []spec.Exchange{
		{},
		{Response: &spec.Response{}},
		{Operation: "payInvoice", Response: &spec.Response{Status: -7, Length: -1}},
		{Operation: "nonsense", Request: spec.Request{Method: "HEAD"}, Response: &spec.Response{Status: 99999}},
	} {
		for _, f := range c.Check(ex) {
			line(t, c, f)
		}
		c.Drift(ex)
		c.CheckRequest(ex)
	}
}

// One cause is one finding, whatever else could be reported for the same location.
func TestOneCauseIsOneFinding(t *testing.T) {
	judge(t, []judgement{
		{"a body that breaks off", "activity-transactions", does(brokenOff(spec.CauseFraming, "unexpected EOF")), []string{
			`MUST HTTP-LENGTH-001 body length | the body that the framing declares | unexpected EOF`,
		}},
		{"half a JSON text", "activity-transactions", does(body(`{"kind":"transaction","entries":[{"id":"txn_1"`)), []string{
			`MUST BODY-JSON-001 body syntax | one complete JSON text | the text ends at byte 46 where a comma or } has to follow`,
		}},
		{"an HTML page", "activity-transactions", does(header("Content-Type", "text/html"), body("<html>")), []string{
			`MUST MEDIA-TYPE-001 header Content-Type media-type | application/json | "text/html"`,
		}},
		{"an HTML error page", "activity-internal-error", does(header("Content-Type", "text/html"), body("<html>")), []string{
			`MUST MEDIA-TYPE-001 header Content-Type media-type | application/problem+json or application/json | "text/html"`,
		}},
		{"an empty answer without a type", "cards-one", does(header("Content-Type"), body("")), []string{
			`MUST MEDIA-TYPE-001 header Content-Type media-type | application/json | no such header`,
		}},
		{"a missing member", "activity-transactions", does(drop("/entries/0/amount")), []string{
			`MUST ACT-ROW-001 $.entries[0].amount required | property "amount" | no such property | amount:`,
		}},
		{"a wrong kind", "activity-transactions-asked-for", does(set("/kind", `"credit"`)), []string{
			`MUST ACT-KIND-001 $.kind enum | "transaction" | "credit" | enum: [transaction]`,
		}},
		{"a wrong type where an enum stands too", "activity-transactions", does(set("/entries/0/method", `7`)), []string{
			`MUST ACT-ROW-002 $.entries[0].method type | null or string | 7 (number) | type: [string, "null"]`,
		}},
		{"null where it may not be", "activity-transactions", does(set("/entries/0/amount", `null`)), []string{
			`MUST ACT-ROW-002 $.entries[0].amount type | number | null | type: number`,
		}},
		{"a status that is no integer", "activity-internal-error", does(set("/status", `500.5`)), []string{
			`MUST PROB-BODY-001 $.status type | integer | 500.5 (number) | type: integer`,
		}},
		{"a form that two rules of the overlay see", "activity-transactions", does(set("/entries/0/createdAt", `"yesterday"`)), []string{
			`SHOULD ACT-FORM-001 $.entries[0].createdAt format | RFC 3339 date-time such as 2026-01-31T12:00:00Z | "yesterday" | overlay format: date-time`,
		}},
		{"a form that the document and the overlay see", "pay-scheduled", does(set("/timestamp", `"yesterday"`)), []string{
			`MUST ENV-TIME-001 $.timestamp format | RFC 3339 date-time such as 2026-01-31T12:00:00Z | "yesterday" | format: date-time`,
		}},
		{"a success false beside a success true", "pay-scheduled", does(set("/success", `false`)), []string{
			`MUST ENV-SUCCESS-001 $.success equal | true in a successful response | false`,
		}},
		{"an error that says nothing", "activity-internal-error", does(body(`{"oops":1}`)), []string{
			`MUST PROB-BODY-002 $ members | at least one of type, title, status, detail and code | only "oops"`,
		}},
		{"another success status", "order-created", does(status(200)), []string{
			`MUST HTTP-STATUS-001 status status | status 201 | 200`,
		}},
		{"a redirect to a page", "activity-transactions", does(status(302), header("Content-Type", "text/html"), body("<a>")), []string{
			`MUST HTTP-STATUS-001 status status | status 200 | 302`,
		}},
		{"an array for an object", "activity-transactions", does(body(`[]`)), []string{
			`MUST ACT-BODY-001 $ type | object | [] (array) | type: object`,
		}},
		{"null for everything", "cards-one", does(body(`null`)), []string{
			`MUST CARD-READ-001 $ type | array | null | type: array`,
		}},
		{"a name three times", "cards-one", does(replaced(`"brand"`, `"brand":"a","brand":"b","brand"`)), []string{
			`MUST BODY-DUPLICATE-001 $[0].brand duplicate | each property name once in an object | the name stands twice`,
		}},
		{"many bytes that are not UTF-8", "cards-one", does(replaced(`visa`, "\xff\xfe\xfd")), []string{
			`MUST BODY-UTF8-001 $[0].brand utf-8 | UTF-8 | byte 0xff at 65`,
		}},
	})
}

func TestOperationName(t *testing.T) {
	for _, test := range []struct{ method, path, want string }{
		{"GET", "/api/v2/billing/cards", "GET /api/v2/billing/cards"},
		{"HEAD", "/api/v2/billing/cards", "HEAD /api/v2/billing/cards"},
		{"GET", "/api/billing/invoice/49332", "GET /api/billing/invoice/{id}"},
		{"DELETE", "/api/billing/invoice/49332", "DELETE /api/billing/invoice/{id}"},
		{"PATCH", "/api/v2/shared-hosting/acct_01hxa3b4c5d6e7f8g9h0j1k2m3/addons/storage", "PATCH /api/v2/shared-hosting/{accountId}/addons/storage"},
		{"GET", "/api/v2/no-such-thing", "GET /api/v2/no-such-thing"},
		{"GET", "/api/billing/invoice/", "GET /api/billing/invoice/"},
	} {
		ex := changed(t, "cards-one", sent(test.method, test.path))
		ex.Operation = ""
		if got := contract(t).OperationName(ex); got != test.want {
			t.Errorf("OperationName(%s %s) = %q, want %q", test.method, test.path, got, test.want)
		}
	}
}
